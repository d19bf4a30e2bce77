"""一企一档: what a dossier says, held against plain counts of the ledger; nothing of it lies after its day."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db import attachments
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise, RegisterSpell, Visit
from chain_office.queries.dossier import dossier
from chain_office.queries.register_flow import balances, register_year, unknown_entries
from chain_office.services.calendar import work_calendar
from chain_office.services.figures import headline
from chain_office.services.firm_dossier import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.queries.dossier import Dossier

DAY = date(2021, 11, 19)
DAYS = (date(2020, 11, 30), date(2021, 6, 30), DAY)


@pytest.fixture(scope="module")
def sample(sample_office: Path) -> Iterator[Ledger]:
    with open_ledger(sample_office, read_only=True) as opened:
        yield opened


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "台账.ledger"
    shutil.copyfile(sample_office, path)
    with open_ledger(path) as opened:
        yield opened


def every(ledger: Ledger, day: date) -> list[Dossier]:
    calendar = work_calendar(ledger)
    ids = [row[0] for row in ledger.rows("SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY number")]
    found = [dossier(ledger, one, day, calendar) for one in ids]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("day", DAYS)
def test_the_dossiers_add_up_to_the_headline(sample: Ledger, day: date) -> None:
    firms, figures = every(sample, day), headline(sample, day)
    numbers = {key: [one for firm in firms for one in figures_of(firm) if one.key.startswith(f"{key}.")] for key in (
        "firm.problems", "firm.drawn", "firm.output", "firm.visits",
    )}  # fmt: skip
    assert sum(firm.status == "在册" for firm in firms) == figures.value("enterprises.total")
    assert sum(bool(one.value) for one in numbers["firm.visits"]) == figures.value("visits.enterprises_visited")
    assert sum(int(str(one.value)) for one in numbers["firm.problems"]) == sample.value(
        "SELECT count(*) FROM problem p JOIN problem_span s ON s.problem_id = p.id WHERE p.enterprise_id IS NOT NULL "
        "AND coalesce(s.day_from, '') <= :day AND coalesce(s.day_until, '9') > :day AND s.state IN "
        "('assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported')",
        {"day": day.isoformat()},
    )
    assert sum(int(str(one.value)) for one in numbers["firm.drawn"]) == sample.value(
        "SELECT coalesce(sum(d.drawn_yuan), 0) FROM drawdown d JOIN match m ON m.id = d.match_id "
        "WHERE m.enterprise_id IS NOT NULL AND d.day <= ?",
        (day.isoformat(),),
    )
    if day == DAY:
        told = sum(one.year.total_yuan for one in firms if one.year is not None and one.year.listed)
        assert told == figures.value("output.total_yuan")


@pytest.mark.parametrize("day", DAYS)
def test_nothing_on_a_timeline_lies_after_its_day_and_the_newest_stands_first(sample: Ledger, day: date) -> None:
    for firm in every(sample, day):
        days = [one.day for one in firm.timeline if one.day is not None]
        assert days == sorted(days, reverse=True)
        assert all(one <= day for one in days)
        assert all(one.reference.partition(":")[2] for one in firm.timeline)


def test_a_file_is_dated_by_what_it_hangs_on_and_one_put_in_later_is_only_counted(ledger: Ledger) -> None:
    visit, firm = ledger.rows("SELECT id, enterprise_id FROM visit WHERE day = '2020-10-16' LIMIT 1")[0]
    with ledger.write("张三", "放入附件") as writer:
        attachments.attach(writer, Visit, visit, "现场.jpg", b"1")
        attachments.attach(writer, Enterprise, firm, "营业执照.pdf", b"2")
    found = dossier(ledger, firm, DAY, work_calendar(ledger))
    assert found is not None
    files = [one for one in found.timeline if one.kind == "file"]
    assert [(one.when, one.what, one.reference) for one in files] == [("2020-10-16", "现场.jpg", f"visit:{visit}")]
    assert found.later_files == 1


def test_a_firm_that_left_and_came_back_tells_both_stays(ledger: Ledger) -> None:
    firm = ledger.value("SELECT enterprise_id FROM register_spell WHERE entry_day IS NULL AND exit_day IS NULL LIMIT 1")
    with ledger.write("张三", "退规后又入规") as writer:
        spell = ledger.value("SELECT id FROM register_spell WHERE enterprise_id = ?", (firm,))
        writer.update(RegisterSpell, spell, {"entry_day": date(2019, 1, 1), "exit_day": date(2021, 2, 1)})
        writer.insert(RegisterSpell, {"enterprise": firm, "entry_day": date(2021, 7, 1), "entry_kind": "promoted"})
    away = dossier(ledger, firm, date(2021, 3, 1), work_calendar(ledger))
    back = dossier(ledger, firm, DAY, work_calendar(ledger))
    assert away is not None
    assert back is not None
    assert (away.status, back.status) == ("已退规", "在册")
    moments = [(one.when, one.what, one.text) for one in back.timeline if one.kind == "register"]
    assert moments == [
        ("2021-07-01", "入规", "规下转规上"), ("2021-02-01", "退规", "原因未填"), ("2019-01-01", "入规", "方式未填"),
    ]  # fmt: skip


# The register by month.


def test_the_samples_register_holds_at_69_with_two_in_and_two_out(sample: Ledger) -> None:
    found = register_year(sample, 2021, DAY)
    assert [len(one.closing) for one in found.months] == [69, 69, 69, 69, 70, 70, 70, 69, 69, 69, 69]
    assert (len(found.total.opening), len(found.total.entries["new_build"]), len(found.total.exits)) == (70, 1, 2)
    before = next(one for one in found.years if one.first.year == 2020)
    assert (len(before.opening), len(before.entries["promoted"]), len(before.closing)) == (69, 1, 70)
    assert all(left == right for day in DAYS for _, left, right in balances(sample, day))


def test_an_entry_of_unknown_kind_is_listed_until_it_has_one(ledger: Ledger) -> None:
    first = unknown_entries(ledger, DAY)[0]
    assert first.id not in [one.id for one in unknown_entries(ledger, date(2012, 1, 1))]
    with ledger.write("张三", "补填") as writer:
        writer.update(RegisterSpell, first.id, {"entry_kind": "new_build"})
    assert first.id not in [one.id for one in unknown_entries(ledger, DAY)]
