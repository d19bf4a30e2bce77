"""A month entered as a grid: one write through the form's own rules, or none of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import Enterprise, RegisterSpell
from chain_office.services.editing import undo
from chain_office.services.ledgers import make_ledger, open_ledger
from chain_office.services.output.entering import Entry, GridFaulty, lay_block, look_at, read_sheet, save_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_entry import EntrySheet

MONTH = "2021-10"
MILLION = 1_000_000


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


def sheet_of(ledger: Ledger, month: str = MONTH) -> EntrySheet:
    return read_sheet(ledger, month)[0]


def stored(ledger: Ledger, month: str = MONTH) -> dict[str, tuple[object, ...]]:
    rows = ledger.rows(
        "SELECT enterprise_id, month_yuan, cum_yuan, source, filed_day FROM monthly_output "
        "WHERE month = ? AND deleted_at IS NULL",
        (month,),
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def test_the_sheet_has_the_register_of_the_month_with_last_month_and_last_year_beside(ledger: Ledger) -> None:
    sheet = sheet_of(ledger)
    assert len(sheet.lines) == 69
    assert len(sheet.missing) == 69
    assert sheet.locked == ""
    reported = [line for line in sheet.lines if line.last.cum_yuan is not None]
    assert len(reported) == 56
    for line in reported[:5]:
        (alone, upto) = ledger.rows(
            "SELECT month_yuan, cum_yuan FROM monthly_output WHERE enterprise_id = ? AND month = '2021-09' "
            "AND deleted_at IS NULL",
            (line.enterprise_id,),
        )[0]
        assert (line.last.month_yuan, line.last.cum_yuan) == (alone, upto)
    added: dict[str, int] = {}
    for firm, alone, upto in ledger.rows(
        "SELECT enterprise_id, month_yuan, cum_yuan FROM monthly_output WHERE month BETWEEN '2020-01' AND '2020-10' "
        "AND deleted_at IS NULL ORDER BY month"
    ):
        added[firm] = upto if upto is not None else added.get(firm, 0) + alone
    known = [line for line in reported if line.last_year.cum_yuan is not None]
    assert len(known) > 50
    assert all(line.last_year.cum_yuan == added[line.enterprise_id] for line in known)


def test_the_whole_register_is_saved_in_one_write_and_taken_back_in_one(ledger: Ledger) -> None:
    sheet = sheet_of(ledger)
    entries = [
        Entry(
            line.enterprise_id,
            "",
            sheet.version,
            {"month_yuan": MILLION, "source": "企业自报"},
            frozenset({"month_yuan"}),
        )
        for line in sheet.lines
    ]
    writes = ledger.value("SELECT count(*) FROM write_log")
    saved = save_entries(ledger, MONTH, entries, "张三")
    assert ledger.value("SELECT count(*) FROM write_log") == writes + 1
    assert {row[0] for row in stored(ledger).values()} == {MILLION}
    assert len(stored(ledger)) == 69
    assert "69 家企业" in saved.said
    undo(ledger, saved.write_no, "张三")
    assert stored(ledger) == {}


def test_one_line_against_the_rules_keeps_all_from_being_saved_and_says_whose(ledger: Ledger) -> None:
    first, second, *_ = sheet_of(ledger).lines
    good = Entry(first.enterprise_id, "", 0, {"month_yuan": MILLION, "source": "企业自报"})
    survey = Entry(second.enterprise_id, "", 0, {"month_yuan": MILLION, "source": "联网直报"})
    with pytest.raises(GridFaulty) as refused:
        save_entries(ledger, MONTH, [good, survey], "张三")
    assert set(refused.value.wrong) == {second.enterprise_id}
    fault = refused.value.wrong[second.enterprise_id].faults[0]
    assert (fault.name, fault.stops) == ("source", True)
    assert stored(ledger) == {}


def test_a_slip_of_the_unit_is_pointed_out_and_saved_when_stayed_with(ledger: Ledger) -> None:
    line = next(line for line in sheet_of(ledger).lines if (line.last.month_yuan or 0) > 100 * MILLION)
    slip = (line.last.month_yuan or 0) // 10_000
    entry = Entry(line.enterprise_id, "", 0, {"month_yuan": slip, "source": "企业自报"})
    wrong = look_at(ledger, MONTH, [entry])[line.enterprise_id]
    assert not wrong.stops
    assert "相差十倍以上" in wrong.faults[0].message
    with pytest.raises(GridFaulty):
        save_entries(ledger, MONTH, [entry], "张三")
    names = frozenset(fault.name for fault in wrong.faults)
    save_entries(ledger, MONTH, [Entry(line.enterprise_id, "", 0, entry.changes, names)], "张三")
    assert stored(ledger)[line.enterprise_id][0] == slip


def test_a_report_without_a_source_is_refused(ledger: Ledger) -> None:
    line = sheet_of(ledger).lines[0]
    with pytest.raises(GridFaulty) as refused:
        save_entries(ledger, MONTH, [Entry(line.enterprise_id, "", 0, {"month_yuan": MILLION})], "张三")
    assert [fault.name for fault in refused.value.wrong[line.enterprise_id].faults] == ["source"]


def test_a_cell_another_person_changed_meanwhile_is_a_clash_not_an_overwrite(ledger: Ledger) -> None:
    sheet = sheet_of(ledger, "2021-09")
    line = next(line for line in sheet.lines if line.filed)
    now = int(line.amount("month_yuan") or 0)
    theirs = {"month_yuan": now + 1, "source": "企业自报"}
    accept = frozenset({"month_yuan", "cum_yuan"})
    save_entries(ledger, "2021-09", [Entry(line.enterprise_id, line.row_id, sheet.version, theirs, accept)], "李四")
    mine = Entry(line.enterprise_id, line.row_id, sheet.version, {"month_yuan": now + 2, "source": "企业自报"}, accept)
    with pytest.raises(GridFaulty) as refused:
        save_entries(ledger, "2021-09", [mine], "张三")
    (clash,) = refused.value.wrong[line.enterprise_id].clashes
    assert clash.theirs == now + 1
    assert clash.original == now


def test_a_firm_that_left_is_in_the_sheet_only_of_months_it_reported(ledger: Ledger) -> None:
    left = ledger.value(
        "SELECT enterprise_id FROM register_spell WHERE exit_day LIKE '2021-08%' AND deleted_at IS NULL"
    )
    assert left not in {line.enterprise_id for line in sheet_of(ledger, "2021-09").lines}
    july = {line.enterprise_id: line for line in sheet_of(ledger, "2021-07").lines}
    assert july[left].filed


def test_a_month_entered_long_after_its_end_has_no_filing_day_a_fresh_one_has(ledger: Ledger) -> None:
    line = sheet_of(ledger).lines[0]
    changes = {"month_yuan": MILLION, "source": "企业自报"}
    save_entries(ledger, "2021-10", [Entry(line.enterprise_id, "", 0, changes)], "张三")
    save_entries(ledger, "2021-12", [Entry(line.enterprise_id, "", 0, changes)], "张三")
    assert stored(ledger, "2021-10")[line.enterprise_id][3] is None
    assert stored(ledger, "2021-12")[line.enterprise_id][3] == "2022-01-05"


def test_two_thousand_firms_are_laid_and_saved_at_once(tmp_path: Path) -> None:
    path = tmp_path / "大.ledger"
    make_ledger(path)
    number = 2_000
    with open_ledger(path) as ledger:
        with ledger.write("甲", "造企业") as writer:
            firms = writer.insert_many(
                Enterprise,
                [
                    {"name": f"企业{one}号公司", "name_key": f"企业{one}号公司", "name_core": f"企业{one}号"}
                    for one in range(number)
                ],
            )
            spells = [{"enterprise_id": firm, "entry_day": date(2020, 1, 1)} for firm in firms]
            writer.insert_many(RegisterSpell, spells)
        sheet, _, names = read_sheet(ledger, MONTH)
        text = "\n".join(f"企业{one}号公司\t{one + 1}" for one in reversed(range(number)))
        laid = lay_block(
            text, sheet.lines, names, month=MONTH, unit="万元", at=(0, "month_yuan"), columns=("name", "month_yuan")
        )
        assert laid.count == number
        entries = [
            Entry(firm, "", 0, {"month_yuan": cells["month_yuan"].value, "source": "企业自报"})
            for firm, cells in laid.cells.items()
        ]
        told: list[int] = []
        save_entries(ledger, MONTH, entries, "甲", lambda done, _total, _words: told.append(done))
        assert ledger.value("SELECT sum(month_yuan) FROM monthly_output") == 10_000 * number * (number + 1) // 2
        assert told == sorted(told)
        assert len(told) > 10
