"""定稿: what is issued is kept byte for byte with its figures, and the next paper knows what moved since."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import Problem, Project, Visit
from chain_office.domain.errors import KnownError
from chain_office.services import issuing, packs
from chain_office.services.issuing import FIGURE, MOVED, NEW, RED, RESTATED, SLIPPED, SOLVED
from chain_office.services.ledgers import open_ledger
from chain_office.services.packing import frozen
from chain_office.services.packing.facts import gather

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.issuing import Issued, Moved
    from chain_office.services.ledgers import Ledger

_THEN, _NOW = date(2021, 8, 31), date(2021, 11, 19)


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "示例.ledger"
    shutil.copyfile(sample_office, path)
    with open_ledger(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def printed(sample_office: Path) -> packs.PrintedPack:
    with open_ledger(sample_office, read_only=True) as opened:
        return packs.print_pack(opened, _THEN)


def issue(ledger: Ledger, printed: packs.PrintedPack, day: date = _THEN) -> Issued:
    return issuing.issue(ledger, packs.order_pack(ledger, day), printed, "张三")[1]


def moved(ledger: Ledger, day: date = _NOW) -> Moved:
    found = issuing.since(ledger, day)
    assert found is not None
    return found


def test_an_issued_paper_is_kept_byte_for_byte_with_its_figures(ledger: Ledger, printed: packs.PrintedPack) -> None:
    saved, pack = issuing.issue(ledger, packs.order_pack(ledger, _THEN), printed, "张三")
    assert saved.table == "issued_pack"
    assert "调度会材料-截至2021-08-31" in saved.said
    assert issuing.issued_packs(ledger) == (pack,)
    opened = issuing.open_pack(ledger, pack)
    assert opened.data == printed.data
    assert [one.reference for one in opened.places] == [one.reference for one in printed.places]
    figures = {one.key: one.value for one in opened.figures}
    content = packs.pack_content(ledger, _THEN)
    assert figures == {one.key: one.value for one in content.figures}
    assert ledger.value("SELECT actor FROM write_log WHERE no = ?", (saved.write_no,)) == "张三"


def test_figures_stay_as_they_were_when_the_ledger_moves_on(ledger: Ledger, printed: packs.PrintedPack) -> None:
    pack = issue(ledger, printed)
    before = {one.key: one.value for one in issuing.open_pack(ledger, pack).figures}
    with ledger.write("李四", "补登") as writer:
        writer.insert(Problem, {"text": "补登的问题", "collected_day": date(2021, 8, 1)})
    assert {one.key: one.value for one in issuing.open_pack(ledger, pack).figures} == before


def test_the_same_paper_is_not_issued_twice(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    with pytest.raises(KnownError, match="已经定稿过"):
        issue(ledger, printed)


def test_a_second_paper_of_the_day_has_a_name_of_its_own(ledger: Ledger, printed: packs.PrintedPack) -> None:
    first = issue(ledger, printed)
    second = issue(ledger, packs.PrintedPack(printed.data + b"\n", ()))
    assert first.name != second.name
    assert "第2稿" in second.name


def test_without_an_issued_paper_nothing_is_compared(ledger: Ledger, printed: packs.PrintedPack) -> None:
    assert issuing.since(ledger, _NOW) is None
    issue(ledger, printed)
    assert issuing.since(ledger, date(2021, 8, 30)) is None, "the paper is of a later date"
    assert issuing.since(ledger, _NOW, "别的材料") is None


def test_nothing_moved_on_the_papers_own_date(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    assert moved(ledger, _THEN).moves == ()


def test_what_moved_since_is_told_by_kind_and_opens_its_record(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    found = moved(ledger)
    then, now = (frozen.freeze(gather(ledger, day)) for day in (_THEN, _NOW))
    fresh = {f"problem:{one}" for one in now.problems.keys() - then.problems.keys()}
    assert {one.reference for one in found.moves if one.kind == NEW and one.page == "problems"} == fresh
    closed = {
        f"problem:{key}"
        for key, one in now.problems.items()
        if one.state == "closed" and key in then.problems and then.problems[key].state != "closed"
    }
    assert {one.reference for one in found.moves if one.kind == SOLVED and one.page == "problems"} == closed
    late = {f"problem:{key}" for key, one in now.problems.items() if one.overdue and not then.problems[key].overdue}
    assert {one.reference for one in found.moves if one.kind == RED and one.page == "problems"} == late
    told = {one.reference: (one.before, one.after) for one in found.moves if one.kind == FIGURE}
    assert told["figure:finance.drawn_yuan"] == ("6.61 亿元", "7.31 亿元")
    assert not found.count(RESTATED)


def test_every_kind_of_move_has_its_word_and_its_place(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    kinds = [one.kind for one in moved(ledger).moves]
    assert set(issuing.WORDS) == set(issuing.LIGHTS)
    assert kinds == sorted(kinds, key=list(issuing.WORDS).index), "the most pressing first"


def test_a_later_deadline_is_a_slip(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    row_id, was = ledger.rows(
        "SELECT id, deadline FROM problem WHERE deadline IS NOT NULL AND state = 'doing' LIMIT 1"
    )[0]
    project, finish = ledger.rows("SELECT id, plan_finish FROM project WHERE plan_finish IS NOT NULL LIMIT 1")[0]
    with ledger.write("李四", "延期") as writer:
        writer.update(Problem, row_id, {"deadline": date(2022, 6, 30)})
        writer.update(Project, project, {"plan_finish": date(2023, 6, 30)})
    slips = {one.reference: (one.before, one.after) for one in moved(ledger).moves if one.kind == SLIPPED}
    assert slips[f"problem:{row_id}"] == (was, "2022-06-30")
    assert slips[f"project:{project}"] == (f"计划竣工 {finish}", "2023-06-30")


def test_a_step_that_closes_nothing_is_progress(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    steps = {(one.before, one.after) for one in moved(ledger).moves if one.kind == MOVED and one.page == "problems"}
    assert ("已交办", "已报结待核实") in steps


def test_a_figure_the_ledger_now_gives_otherwise_is_restated(ledger: Ledger, printed: packs.PrintedPack) -> None:
    issue(ledger, printed)
    firm = ledger.value("SELECT id FROM enterprise WHERE id NOT IN (SELECT enterprise_id FROM visit) LIMIT 1")
    with ledger.write("李四", "补登走访") as writer:
        writer.insert(Visit, {"enterprise": firm, "day": date(2021, 8, 1)})
    restated = {one.reference: one for one in moved(ledger).moves if one.kind == RESTATED}
    assert set(restated) == {"figure:visits.enterprises_visited"}
    only = restated["figure:visits.enterprises_visited"]
    assert "2021-08-31" in only.name
    assert int(only.after.split()[0]) == int(only.before.split()[0]) + 1


def test_a_paper_taken_back_no_longer_counts(ledger: Ledger, printed: packs.PrintedPack) -> None:
    pack = issue(ledger, printed)
    saved = issuing.take_back(ledger, pack, "张三")
    assert "撤回" in saved.said
    assert issuing.issued_packs(ledger) == ()
    assert issuing.since(ledger, _NOW) is None


def test_a_paper_that_is_damaged_is_not_shown_as_issued(ledger: Ledger, printed: packs.PrintedPack) -> None:
    pack = issue(ledger, printed)
    ledger.database.execute_sql("UPDATE blob SET data = ? WHERE sha256 = ?", (b"%PDF-other", pack.sha256))
    with pytest.raises(KnownError, match="不一致"):
        issuing.open_pack(ledger, pack)


def test_what_was_frozen_in_another_format_is_not_misread() -> None:
    assert frozen.from_text("") is None
    assert frozen.from_text("[]") is None
    assert frozen.from_text('{"format": 99}') is None
    assert frozen.places_of("no json") == ()
