"""A month is signed off when nothing severe stands unexplained; then it is locked, and corrected with a date and a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from chain_office import clock
from chain_office.db.models import Enterprise, MonthlyOutput, RegisterSpell
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Faulty
from chain_office.queries import output
from chain_office.queries.editing.rows import head
from chain_office.queries.output_desk import adjustments, breakdown, corrections, filing, health, sign_off_of
from chain_office.services.checks import check_ledger
from chain_office.services.editing.binning import bin_records
from chain_office.services.editing.saving import save
from chain_office.services.editing.taking_back import undo
from chain_office.services.importing.service import apply_import, plan_import, undo_import
from chain_office.services.ledgers import open_or_make
from chain_office.services.output.answering import answer
from chain_office.services.output.correcting import Correction, correct
from chain_office.services.output.identities import altered_months
from chain_office.services.output.signing import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

WAN = 10_000
SIGNED, CORRECTED = date(2021, 3, 10), date(2021, 4, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Three firms of the register, two of which reported January and February 2021 and all of 2020."""
    with open_or_make(tmp_path / "产值.ledger") as opened:
        with opened.write("测试", "企业") as writer:
            for place, name in enumerate(("甲铜业", "乙铝业", "丙新材"), 1):
                firm = writer.insert(Enterprise, {"name": name, "name_key": name, "name_core": name})
                writer.insert(RegisterSpell, {"enterprise_id": firm})
                if place < 3:
                    for year, monthly in ((2020, 100), (2021, 120)):
                        for number in range(1, 13 if year == 2020 else 3):
                            last = {"month_prev_yuan": 100 * WAN, "cum_prev_yuan": number * 100 * WAN}
                            told = {"month_yuan": place * monthly * WAN, "cum_yuan": place * number * monthly * WAN}
                            base = {key: place * value for key, value in last.items()} if year == 2021 else {}
                            month = f"{year}-{number:02d}"
                            row = {"enterprise_id": firm, "month": month, "source": "企业自报", **told, **base}
                            writer.insert(MonthlyOutput, row)
        yield opened


def on(day: date) -> None:
    clock.set_clock(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def firm(ledger: Ledger, name: str) -> str:
    return str(ledger.value("SELECT id FROM enterprise WHERE name LIKE ?", (f"{name}%",)))


def row_of(ledger: Ledger, name: str, month: str) -> str:
    return str(
        ledger.value(
            "SELECT id FROM monthly_output WHERE enterprise_id = ? AND month = ? AND deleted_at IS NULL",
            (firm(ledger, name), month),
        )
    )


def edited(ledger: Ledger, name: str, **changes: object) -> int:
    edit = Edit("monthly_output", row_of(ledger, name, "2021-02"), head(ledger), changes)
    return save(ledger, edit, "李四", accept={"month_yuan", "cum_yuan"}).write_no


def total(ledger: Ledger, day: date) -> int | None:
    return output.growth(ledger, day).published_yuan


def signed(ledger: Ledger) -> int:
    on(SIGNED)
    waiting = health(ledger, "2021-02", SIGNED).waiting
    if waiting:
        answer(ledger, waiting, "在建，尚未投产", "张三")
    return sign_off(ledger, "2021-02", "张三").write_no


def test_a_month_with_an_unexplained_severe_finding_is_not_signed_off(ledger: Ledger) -> None:
    edited(ledger, "乙", cum_yuan=100 * WAN)  # less than January's 240, and than the month
    on(SIGNED)
    found = health(ledger, "2021-02", SIGNED)
    assert [(one.name, one.kind) for one in found.waiting] == [("乙铝业", "falling")]
    assert (found.expected, found.filed) == (3, 2)
    with pytest.raises(KnownError, match=r"不能签认.*乙铝业.*累计减少.*100 万元，小于 2021-01 累计 240 万元"):
        sign_off(ledger, "2021-02", "张三")
    assert sign_off_of(ledger, "2021-02") is None
    answer(ledger, found.waiting, "冲减 1 月多报数", "张三")
    assert health(ledger, "2021-02", SIGNED).waiting == ()
    sign_off(ledger, "2021-02", "张三")
    kept = sign_off_of(ledger, "2021-02")
    assert kept is not None
    assert (kept.day, kept.signed_by) == (SIGNED, "张三")


def test_an_answer_needs_a_text_without_secrets(ledger: Ledger) -> None:
    found = health(ledger, "2021-02", SIGNED).findings
    for text in ("  ", "据联网直报平台数据"):
        with pytest.raises(KnownError):
            answer(ledger, found[:1], text, "张三")


def test_what_cannot_be_signed_off_says_why(ledger: Ledger) -> None:
    on(date(2021, 2, 20))
    with pytest.raises(KnownError, match="还没有结束"):
        sign_off(ledger, "2021-02", "张三")
    on(SIGNED)
    with pytest.raises(KnownError, match="还没有企业报数"):
        sign_off(ledger, "2019-12", "张三")
    signed(ledger)
    with pytest.raises(KnownError, match="由张三签认锁定，不用再签"):
        sign_off(ledger, "2021-02", "张三")


def test_a_signed_off_month_refuses_plain_edits_and_the_bin_whatever_way_they_come(ledger: Ledger) -> None:
    earlier = edited(ledger, "甲", cum_yuan=250 * WAN)
    signed(ledger)
    with pytest.raises(Faulty) as refused:
        edited(ledger, "甲", month_yuan=1)
    assert "由张三签认锁定，改动请用“更正”登记" in refused.value.faults[0].message
    with pytest.raises(KnownError, match="2021-02 的产值已于 2021-03-10 由张三签认锁定，“甲铜业”"):
        bin_records(ledger, "monthly_output", [row_of(ledger, "甲", "2021-02")], "李四")
    with pytest.raises(KnownError, match="签认锁定"):
        undo(ledger, earlier, "李四")
    new = {"enterprise_id": firm(ledger, "丙"), "month": "2021-02", "month_yuan": 5 * WAN, "source": "企业自报"}
    with pytest.raises(Faulty):
        save(ledger, Edit("monthly_output", "", 0, new), "李四")
    moved = {"month": "2021-02"}
    with pytest.raises(Faulty):
        save(ledger, Edit("monthly_output", row_of(ledger, "甲", "2020-12"), head(ledger), moved), "李四")
    assert (
        ledger.value("SELECT cum_yuan FROM monthly_output WHERE id = ?", (row_of(ledger, "甲", "2021-02"),))
        == 2_500_000
    )


def test_words_beside_the_figures_of_a_signed_off_month_may_still_be_written(ledger: Ledger) -> None:
    signed(ledger)
    assert edited(ledger, "甲", reason="订单增加")


def test_a_correction_counts_from_its_day_on_and_leaves_earlier_figures(ledger: Ledger) -> None:
    signed(ledger)
    before = 240 * WAN + 480 * WAN
    assert total(ledger, SIGNED) == before
    on(CORRECTED)
    wanted = Correction(firm(ledger, "甲"), "2021-02", {"month_yuan": 150 * WAN, "cum_yuan": 270 * WAN})
    said = correct(ledger, [wanted], "多报退货未减", "李四")
    assert "自 2021-04-20 起计" in said.said
    assert total(ledger, date(2021, 4, 19)) == before
    assert total(ledger, CORRECTED) == before + 30 * WAN
    assert output.by_month(ledger, date(2021, 4, 19))[1].output_yuan == 360 * WAN
    assert output.by_month(ledger, CORRECTED)[1].output_yuan == 390 * WAN
    assert breakdown(ledger, date(2021, 4, 19), "enterprise").whole.month.total_yuan == 360 * WAN
    assert output.total_in_sql(ledger, date(2021, 4, 19)) == before
    made = corrections(ledger, month="2021-02")[0]
    assert (made.before["cum_yuan"], made.after["cum_yuan"], made.reason) == (240 * WAN, 270 * WAN, "多报退货未减")
    assert altered_months(ledger) == ()
    assert all(one.passed for one in check_ledger(ledger)), [one for one in check_ledger(ledger) if not one.passed]


def test_a_second_correction_finds_what_the_first_left(ledger: Ledger) -> None:
    signed(ledger)
    here = firm(ledger, "甲")
    on(CORRECTED)
    correct(ledger, [Correction(here, "2021-02", {"cum_yuan": 270 * WAN, "month_yuan": 150 * WAN})], "一", "李四")
    on(date(2021, 5, 20))
    correct(ledger, [Correction(here, "2021-02", {"cum_yuan": 260 * WAN, "month_yuan": 140 * WAN})], "二", "李四")
    told = [total(ledger, day) for day in (date(2021, 4, 1), date(2021, 5, 1), date(2021, 5, 20))]
    assert told == [720 * WAN, 750 * WAN, 740 * WAN]
    assert [one.after["cum_yuan"] for one in corrections(ledger)] == [270 * WAN, 260 * WAN]
    with pytest.raises(KnownError, match="不能早于那一天"):
        correct(ledger, [Correction(here, "2021-02", {"cum_yuan": 1})], "三", "李四", day=date(2021, 5, 1))


def test_a_late_report_is_a_correction_of_nothing(ledger: Ledger) -> None:
    signed(ledger)
    on(CORRECTED)
    values = {"month_yuan": 30 * WAN, "cum_yuan": 60 * WAN, "month_prev_yuan": 0, "cum_prev_yuan": 0}
    correct(ledger, [Correction(firm(ledger, "丙"), "2021-02", values)], "补报", "李四")
    assert total(ledger, date(2021, 4, 19)) == 720 * WAN
    assert total(ledger, CORRECTED) == 780 * WAN
    assert [one.name for one in filing(ledger, "2021-02", date(2021, 4, 19)).missing] == ["丙新材"]
    late = filing(ledger, "2021-02", CORRECTED)
    assert (late.due, [(one.name, one.days_late) for one in late.late]) == (date(2021, 3, 10), [("丙新材", 41)])
    assert corrections(ledger)[0].before == dict.fromkeys(
        ("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan")
    )
    assert altered_months(ledger) == ()


def test_a_report_may_be_taken_back_by_a_correction(ledger: Ledger) -> None:
    signed(ledger)
    on(CORRECTED)
    nothing = dict.fromkeys(("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan"))
    correct(ledger, [Correction(firm(ledger, "乙"), "2021-02", nothing)], "重复报送", "李四")
    assert total(ledger, SIGNED) == 720 * WAN
    assert total(ledger, CORRECTED) == 240 * WAN + 240 * WAN  # its January still counts


@pytest.mark.parametrize(
    ("reason", "day", "values", "said"),
    [
        (" ", None, {"cum_yuan": 1}, "更正原因没有填"),
        ("多报", date(2021, 3, 9), {"cum_yuan": 250 * WAN}, "早于 2021-02 的签认日期 2021-03-10"),
        ("多报", date(2021, 4, 21), {"cum_yuan": 250 * WAN}, "还没有到"),
        ("联网直报平台", None, {"cum_yuan": 250 * WAN}, "联网直报"),
    ],
)
def test_a_correction_that_lacks_something_says_so(
    ledger: Ledger, reason: str, day: date | None, values: dict[str, int | None], said: str
) -> None:
    signed(ledger)
    on(CORRECTED)
    with pytest.raises(KnownError, match=said):
        correct(ledger, [Correction(firm(ledger, "甲"), "2021-02", values)], reason, "李四", day=day)


def test_a_correction_is_looked_at_like_an_edit(ledger: Ledger) -> None:
    signed(ledger)
    on(CORRECTED)
    with pytest.raises(Faulty) as refused:
        correct(ledger, [Correction(firm(ledger, "甲"), "2021-02", {"cum_prev_yuan": -1})], "多报", "李四")
    assert "不能是负数" in refused.value.faults[0].message
    with pytest.raises(KnownError, match="还没有签认"):
        correct(ledger, [Correction(firm(ledger, "甲"), "2021-01", {"cum_yuan": 1})], "多报", "李四")


def test_a_correction_can_be_undone_and_so_can_the_sign_off(ledger: Ledger) -> None:
    sealed = signed(ledger)
    on(CORRECTED)
    write_no = correct(ledger, [Correction(firm(ledger, "甲"), "2021-02", {"cum_yuan": 270 * WAN})], "多报", "李四",
                       accept={"cum_yuan"}).write_no  # fmt: skip
    undo(ledger, write_no, "李四")
    assert corrections(ledger) == ()
    assert total(ledger, CORRECTED) == total(ledger, SIGNED) == 720 * WAN
    undo(ledger, sealed, "李四")
    assert sign_off_of(ledger, "2021-02") is None
    assert edited(ledger, "甲", month_yuan=121 * WAN)


def book(path: Path, rows: list[tuple[str | int, ...]]) -> Path:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "2月"
    page.append(["2021年2月产值表"])
    page.append(["单位：万元"])
    page.append(["企业名称", "本月产值", "1—本月累计", "上年同期累计"])
    for row in rows:
        page.append(list(row))
    made.save(path)
    return path


def test_an_import_into_a_signed_off_month_asks_for_a_reason_or_refuses_the_row(ledger: Ledger, tmp_path: Path) -> None:
    signed(ledger)
    on(CORRECTED)
    source = book(tmp_path / "二月.xlsx", [("甲铜业", 150, 270, 200), ("乙铝业", 240, 480, 400), ("丙新材", 30, 60, 0)])
    plan = plan_import(ledger, [source])
    sheet = next(one for one in plan.sheets if one.desk == "output")
    assert [row.verdict for row in sheet.rows] == ["refused", "same", "refused"]
    assert all("签认锁定" in one.reason and "更正原因" in one.reason for one in sheet.refused)
    (question,) = {one.id for one in plan.questions}
    answered = plan_import(ledger, [source], {question: "企业更正报表"})
    assert [row.verdict for one in answered.sheets if one.desk == "output" for row in one.rows] == [
        "changed",
        "same",
        "new",
    ]
    apply_import(ledger, answered)
    assert total(ledger, SIGNED) == 720 * WAN
    assert total(ledger, CORRECTED) == 720 * WAN + 30 * WAN + 60 * WAN
    assert [(one.name, one.reason, one.day) for one in corrections(ledger)] == [
        ("甲铜业", "企业更正报表", CORRECTED), ("丙新材", "企业更正报表", CORRECTED),
    ]  # fmt: skip
    assert altered_months(ledger) == ()
    undo_import(ledger)
    assert total(ledger, CORRECTED) == 720 * WAN


def test_a_change_behind_the_programs_back_is_seen(ledger: Ledger) -> None:
    signed(ledger)
    ledger.database.execute_sql(
        "UPDATE monthly_output SET cum_yuan = 1 WHERE id = ?", (row_of(ledger, "甲", "2021-02"),)
    )
    assert altered_months(ledger) == ("2021-02",)
    failed = {one.name for one in check_ledger(ledger) if not one.passed}
    assert "已签认月份的产值与签认时一致（登记的更正除外）" in failed


def test_adjustments_are_named_by_firm_and_month(ledger: Ledger) -> None:
    edited(ledger, "甲", cum_yuan=235 * WAN)
    (one,) = adjustments(ledger, SIGNED)
    assert (one.name, one.month, one.since, one.gap_yuan, one.joined) == (
        "甲铜业",
        "2021-02",
        "2021-01",
        -5 * WAN,
        False,
    )
    assert adjustments(ledger, SIGNED, "2021-01") == ()
