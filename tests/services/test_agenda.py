"""Everything due, of every desk: what stands open at a day, and the calendar file it is taken along as."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import (
    Campaign,
    Enterprise,
    MonthlyOutput,
    Project,
    ProjectNode,
    Promise,
    RegisterSpell,
    StageChange,
    Target,
    Visit,
    VisitPlan,
)
from chain_office.domain.discreet import discreet
from chain_office.domain.errors import KnownError
from chain_office.exchange.agenda_file import Entry, calendar_file
from chain_office.queries.due import KINDS, due
from chain_office.services import agenda
from chain_office.services.agenda import Wish
from chain_office.services.ledgers import open_existing, open_or_make
from chain_office.services.settings.office import save_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
YEAR = date(2021, 1, 1), date(2022, 12, 31)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    """One firm with a promise, a planned visit, a project with a node, one month's report and a target."""
    with open_or_make(tmp_path / "小.ledger") as ledger:
        with ledger.write("测试", "造") as w:
            firm = w.insert(Enterprise, {"name": "衡阳示例甲有限公司", "number": 1})
            w.insert(RegisterSpell, {"enterprise_id": firm, "entry_day": date(2020, 1, 1)})
            visit = w.insert(Visit, {"enterprise_id": firm, "number": 1, "day": date(2021, 10, 1)})
            w.insert(Promise, {"visit_id": visit, "text": "协调用电", "owner": "张三", "due_day": date(2021, 11, 25)})
            w.insert(Promise, {
                "visit_id": visit, "text": "已办的", "due_day": date(2021, 11, 26), "done_day": date(2021, 11, 22),
            })  # fmt: skip
            campaign = w.insert(
                Campaign, {"name": "冬季走访", "from_day": date(2021, 11, 15), "to_day": date(2021, 12, 15)}
            )
            w.insert(VisitPlan, {
                "campaign_id": campaign, "enterprise_id": firm, "due_day": date(2021, 11, 30), "leader": "李四",
            })  # fmt: skip
            project = w.insert(
                Project, {"name": "甲项目", "number": 1, "plan_finish": date(2021, 12, 31), "agent": "王五"}
            )
            w.insert(StageChange, {"project_id": project, "stage": "under_construction", "day": date(2021, 3, 1)})
            w.insert(ProjectNode, {"project_id": project, "name": "封顶", "plan_day": date(2021, 11, 10)})
            w.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09", "month_yuan": 5})
            w.insert(Target, {"number": 1, "year": 2021, "name": "规上企业数"})
        yield ledger


def said(found: tuple[agenda.Due, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.day.isoformat(), one.kind, one.who, one.when) for one in found]


def test_every_desks_duties_stand_on_one_agenda(small: Ledger) -> None:
    assert said(due(small, date(2021, 11, 1), date(2021, 12, 31), DAY)) == [
        ("2021-11-10", "node", "王五", "过期 9 天"),
        ("2021-11-10", "filing", "", "过期 9 天"),  # of October: the firm has not filed it
        ("2021-11-25", "promise", "张三", "6 天"),
        ("2021-11-26", "promise", "", "7 天"),  # kept on the 22nd, which is after the day
        ("2021-11-30", "visit", "李四", "11 天"),
        ("2021-12-10", "filing", "", "21 天"),
        ("2021-12-31", "finish", "王五", "42 天"),
        ("2021-12-31", "target", "", "42 天"),
    ]


def test_what_is_done_by_the_day_is_due_no_more(small: Ledger) -> None:
    later = date(2021, 11, 23)
    kinds = [one.kind for one in due(small, date(2021, 11, 1), date(2021, 11, 30), later)]
    assert kinds == ["node", "filing", "promise", "visit"]
    with small.write("测试", "办") as w:
        firm = small.value("SELECT id FROM enterprise")
        w.insert(Visit, {"enterprise_id": firm, "number": 2, "day": later})
        w.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-10", "month_yuan": 6})
        w.update(ProjectNode, small.value("SELECT id FROM project_node"), {"done_day": later})
    assert [one.kind for one in due(small, date(2021, 11, 1), date(2021, 11, 30), later)] == ["promise"]
    before = due(small, date(2021, 11, 1), date(2021, 11, 30), DAY)
    assert {"node", "visit"} <= {one.kind for one in before}  # as of the day before they still stood open


def test_the_day_output_is_due_is_a_setting(small: Ledger) -> None:
    save_office(small, "output_filing_day", "次月15日前", "测试")
    days = [one.day for one in due(small, date(2021, 11, 1), date(2021, 12, 31), DAY) if one.kind == "filing"]
    assert days == [date(2021, 11, 15), date(2021, 12, 15)]
    with pytest.raises(KnownError, match="1 到 28"):
        save_office(small, "output_filing_day", "31", "测试")


def test_kinds_and_people_choose(small: Ledger) -> None:
    found = due(small, *YEAR, DAY)
    assert {one.kind for one in found if Wish(frozenset({"promise"})).takes(one)} == {"promise"}
    assert {one.who for one in found if Wish(who="王五").takes(one)} == {"王五"}
    assert {one.who for one in found if Wish(who=agenda.NOBODY).takes(one)} == {""}


def test_the_sample_has_every_kind_and_counts_as_the_desks_do(sample_office: Path) -> None:
    with open_existing(sample_office, read_only=True) as ledger:
        found = due(ledger, DAY - timedelta(days=1096), DAY + timedelta(days=366), DAY)
        open_with_deadline = ledger.value(
            "SELECT count(*) FROM problem p WHERE deleted_at IS NULL AND deadline IS NOT NULL AND state IN "
            "('assigned', 'acknowledged', 'doing', 'returned', 'partial')"
        )
        assert sum(one.kind == "deadline" for one in found) == open_with_deadline
        assert {one.kind for one in found} <= set(KINDS)
        assert [one.order for one in found] == sorted(one.order for one in found)
        assert len({one.id for one in found}) == len(found)


# The calendar file.


def read_strictly(data: bytes) -> list[dict[str, str]]:
    """A reader that takes nothing RFC 5545 does not allow: entries as property → value, unescaped."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    physical = text.split("\r\n")[:-1]
    assert all(0 < len(line.encode()) <= 75 for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    entries: list[dict[str, str]] = []
    inside: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                entries.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in entries[-1]
            entries[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
    assert not inside
    return entries


def test_the_file_is_read_back_whole() -> None:
    summary = "【走访承诺】协调“用电”；第一，增容\\线路\n第二，" + "很长的一句话" * 20
    entries = [
        Entry("promise-1@x", date(2021, 12, 31), summary, "谁办：张三", "走访承诺", alarm=True),
        Entry("node-2@x", date(2021, 11, 10), "短", category="项目节点"),
    ]
    data = calendar_file(entries, "日程", datetime(2021, 11, 19, 8, 30, tzinfo=UTC))
    first, second = read_strictly(data)
    assert first["SUMMARY"] == summary
    assert first["DESCRIPTION"] == "谁办：张三"
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20211231", "20220101")
    assert first["DTSTAMP"] == "20211119T083000Z"
    assert second["UID"] == "node-2@x"
    assert data.count(b"BEGIN:VALARM") == 1
    later = calendar_file(entries, "日程", datetime(2021, 11, 19, 8, 31, tzinfo=UTC))
    assert int(read_strictly(later)[0]["SEQUENCE"]) == int(first["SEQUENCE"]) + 1


def test_a_file_written_again_has_the_same_entries(sample_office: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.ledger"
    shutil.copyfile(sample_office, copy)
    with open_existing(copy) as ledger:
        first, again = tmp_path / "一.ics", tmp_path / "二.ics"
        number = agenda.save_file(ledger, first, DAY, Wish())
        with ledger.write("测试", "改期") as w:
            row = ledger.value("SELECT id FROM promise WHERE due_day > '2021-11-19' AND done_day IS NULL LIMIT 1")
            w.update(Promise, row, {"due_day": date(2021, 12, 20)})
        agenda.save_file(ledger, again, DAY, Wish())
    one, two = (read_strictly(path.read_bytes()) for path in (first, again))
    assert len(one) == number
    assert sorted(entry["UID"] for entry in one) == sorted(entry["UID"] for entry in two)
    moved = next(entry for entry in two if row in entry["UID"])
    assert moved["DTSTART;VALUE=DATE"] == "20211220"
    said = "\n".join(value for entry in (*one, *two) for name, value in entry.items() if name != "UID")  # a key is hex
    assert not re.search(r"\d\s*(?:万|亿)?元|1[3-9]\d{9}|\d{3}\*{4}", said)


def test_nothing_to_write_is_said(small: Ledger, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="没有符合条件"):
        agenda.save_file(small, tmp_path / "空.ics", DAY, Wish(who="没有这个人"))
    assert not (tmp_path / "空.ics").exists()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("流动资金缺口约8000万元", "流动资金缺口（金额略）"),
        ("拖欠货款460万元，胜诉后执行难", "拖欠货款（金额略），胜诉后执行难"),
        ("每吨增加运费约18元", "每吨增加运费（金额略）"),
        ("补贴1.2亿元和三百余万元", "补贴（金额略）和（金额略）"),
        ("联系13812345678张三", "联系（电话略）张三"),
        ("负荷新增1.2万千伏安，绕行11公里", "负荷新增1.2万千伏安，绕行11公里"),
        ("公元2021年元旦前完成10万吨项目", "公元2021年元旦前完成10万吨项目"),
    ],
)
def test_no_amounts_and_no_numbers_leave(text: str, left: str) -> None:
    assert discreet(text) == left
