"""Headings: what they offer is what they keep, they combine, and their order is the order they say."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.queries import list_window
from chain_office.queries.desk_lists import VISITS, enterprises_at, finance_at, problems_at, projects_at
from chain_office.queries.facet_orders import dictionary_key
from chain_office.queries.facet_values import facet_values
from chain_office.queries.facets import Between, Contains, OneOf
from chain_office.queries.firm_output import FACETS, firm_lines
from chain_office.queries.line_facets import in_order, kept, values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.queries.facets import Condition
    from chain_office.queries.lists import ListKind

DAY = date(2021, 11, 19)
KINDS: list[ListKind[Any]] = [enterprises_at(DAY), VISITS, problems_at(DAY), finance_at(DAY), projects_at(DAY)]
HEADINGS = [(kind, name) for kind in KINDS for name in kind.facets]
TICKED = [(kind, name) for kind, name in HEADINGS if kind.facets[name].ticked]


@pytest.fixture(scope="module")
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_ledger(sample_office, read_only=True) as opened:
        yield opened


def truth(ledger: Ledger, kind: ListKind[Any], name: str) -> dict[str, Any]:
    """Every record's value of a heading, asked for one by one."""
    facet = kind.facets[name]
    if facet.read is not None:
        known = facet.read(ledger)
        rows = ledger.rows(f'SELECT id FROM "{kind.table}" WHERE deleted_at IS NULL')
        return {row[0]: known.get(row[0], "") for row in rows}
    return dict(ledger.rows(f'SELECT t.id, {facet.value} FROM "{kind.table}" t WHERE t.deleted_at IS NULL'))


def met(ledger: Ledger, kind: ListKind[Any], *conditions: Condition) -> set[str]:
    ids = list_window.ids_in_order(ledger, kind, conditions=conditions)
    assert len(ids) == len(set(ids)) == list_window.how_many(ledger, kind, conditions=conditions)
    return set(ids)


def ticked(value: object, name: str, kind: ListKind[Any]) -> str:
    """What a value is ticked as."""
    return str(value or "")[:7] if kind.facets[name].kind == "day" else str(value or "")


@pytest.mark.parametrize(("kind", "name"), TICKED, ids=[f"{kind.id}-{name}" for kind, name in TICKED])
def test_what_a_heading_offers_is_what_it_keeps(ledger: Ledger, kind: ListKind[Any], name: str) -> None:
    known = truth(ledger, kind, name)
    offered = facet_values(ledger, kind, name)
    assert not offered.more
    assert sum(one.number for one in offered.values) == len(known)
    for one in offered.values[:6] + offered.values[-2:]:
        wanted = {row_id for row_id, value in known.items() if ticked(value, name, kind) == one.value}
        assert met(ledger, kind, OneOf(name, (one.value,))) == wanted
        assert len(wanted) == one.number
    some = [one.value for one in offered.values[::2]]
    wanted = {row_id for row_id, value in known.items() if ticked(value, name, kind) in some}
    assert met(ledger, kind, OneOf(name, tuple(some))) == wanted


@pytest.mark.parametrize(("kind", "name"), HEADINGS, ids=[f"{kind.id}-{name}" for kind, name in HEADINGS])
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_every_heading_sorts_with_the_blank_last(ledger: Ledger, kind: ListKind[Any], name: str, down: bool) -> None:
    facet, known = kind.facets[name], truth(ledger, kind, name)
    ids = list_window.ids_in_order(ledger, kind, order=f"={name}", descending=down)
    assert sorted(ids) == sorted(known)
    found = [known[one] for one in ids]
    blanks = [value in {None, ""} for value in found]
    if not facet.words:
        assert blanks == sorted(blanks)
    if facet.kind in {"day", "amount", "number"}:
        told = [value for value in found if value not in {None, ""}]
        assert told == sorted(told, reverse=down)


def test_headings_sort_as_a_chinese_dictionary_does(ledger: Ledger) -> None:
    kind = problems_at(DAY)
    ids = list_window.ids_in_order(ledger, kind, order="=unit", descending=False)
    names = dict(ledger.rows("SELECT id, coalesce(short, name) FROM unit"))
    units = dict(ledger.rows("SELECT id, lead_unit_id FROM problem"))
    words = [names[units[one]] for one in ids if units[one]]
    assert words == sorted(words, key=dictionary_key)
    assert sorted(["张", "白", "李", "常"], key=dictionary_key) == ["白", "常", "李", "张"]


def test_bounds_keep_what_lies_between(ledger: Ledger) -> None:
    for kind, name in HEADINGS:
        if kind.facets[name].kind not in {"day", "amount", "number"}:
            continue
        known = truth(ledger, kind, name)
        told = sorted(value for value in known.values() if value not in {None, ""})
        if not told:
            continue
        low, high = told[len(told) // 4], told[3 * len(told) // 4]
        for one in (Between(name, low, high), Between(name, low, None), Between(name, None, high)):
            wanted = {
                row_id
                for row_id, value in known.items()
                if value not in {None, ""}
                and (one.low is None or value >= one.low)
                and (one.high is None or value <= one.high)
            }
            assert met(ledger, kind, one) == wanted, (kind.id, one)


def test_a_year_is_its_months(ledger: Ledger) -> None:
    kind = problems_at(DAY)
    known = truth(ledger, kind, "deadline")
    wanted = {row_id for row_id, value in known.items() if value and value[:4] == "2021"}
    assert met(ledger, kind, OneOf("deadline", ("2021",))) == wanted
    months = tuple({value[:7] for value in known.values() if value and value[:4] == "2021"})
    assert met(ledger, kind, OneOf("deadline", months)) == wanted


def test_texts_contain(ledger: Ledger) -> None:
    kind = problems_at(DAY)
    texts = dict(ledger.rows("SELECT id, text FROM problem WHERE deleted_at IS NULL"))
    assert met(ledger, kind, Contains("text", "园区")) == {one for one, text in texts.items() if "园区" in text}
    assert met(ledger, kind, Contains("text", "%")) == {one for one, text in texts.items() if "%" in text}
    firms = {
        row[0]
        for row in ledger.rows(
            "SELECT p.id FROM problem p JOIN enterprise e ON e.id = p.enterprise_id "
            "WHERE p.deleted_at IS NULL AND e.name LIKE '%铜%'"
        )
    }
    assert firms
    assert met(ledger, kind, Contains("enterprise", "铜")) == firms
    assert met(ledger, kind, Contains("state", "销号")) == met(ledger, kind, OneOf("state", ("closed",)))


def test_conditions_combine_with_each_other_and_with_filters(ledger: Ledger) -> None:
    kind, dice = problems_at(DAY), random.Random(7)
    units = [one.value for one in facet_values(ledger, kind, "unit").values]
    states = [one.value for one in facet_values(ledger, kind, "state").values]
    for _ in range(30):
        some = OneOf("unit", tuple(dice.sample(units, 8)))
        other = OneOf("state", tuple(dice.sample(states, 3)))
        both = met(ledger, kind, some) & met(ledger, kind, other)
        assert met(ledger, kind, some, other) == both
        offered = facet_values(ledger, kind, "unit", conditions=[some, other])
        assert sum(one.number for one in offered.values) == len(met(ledger, kind, other))
        only = frozenset(dice.sample(sorted(both), len(both) // 2))
        assert list_window.how_many(ledger, kind, conditions=[some, other], only=only) == len(only)
        counted = facet_values(ledger, kind, "state", conditions=[some], only=only)
        assert sum(one.number for one in counted.values) == len(only)
    district = facet_values(ledger, kind, "unit").values[0].value
    filtered = list_window.ids_in_order(
        ledger, kind, filters={"unit": district}, conditions=[OneOf("state", ("closed",))]
    )
    assert set(filtered) == met(ledger, kind, OneOf("unit", (district,)), OneOf("state", ("closed",)))


def test_typing_narrows_the_values_by_word_and_by_initials(ledger: Ledger) -> None:
    kind = problems_at(DAY)
    found = facet_values(ledger, kind, "unit", text="工信").values
    assert found
    assert all("工信" in one.word for one in found)
    name, initials = ledger.rows(
        "SELECT name, initials FROM enterprise WHERE id IN (SELECT enterprise_id FROM problem)"
    )[0]
    assert name in {one.word for one in facet_values(ledger, kind, "enterprise", text=initials[2:6]).values}
    assert facet_values(ledger, kind, "unit", text="没有这个单位").values == ()


def test_a_condition_on_a_heading_the_list_has_not_keeps_everything(ledger: Ledger) -> None:
    assert met(ledger, VISITS, OneOf("gone", ("x",))) == set(list_window.ids_in_order(ledger, VISITS))


def test_what_is_typed_over_a_list_finds_numbers_and_names(ledger: Ledger) -> None:
    kind = problems_at(DAY)
    (number,) = list_window.typed(ledger, kind, "58")
    assert ledger.value("SELECT number FROM problem WHERE id = ?", (number,)) == 58
    initials = ledger.value("SELECT initials FROM enterprise WHERE id IN (SELECT enterprise_id FROM problem)")
    assert list_window.typed(ledger, kind, initials)
    for one in KINDS:
        assert list_window.typed(ledger, one, "没有这个名字") == frozenset()


@pytest.mark.parametrize("name", FACETS)
def test_the_output_desk_s_headings_do_the_same(ledger: Ledger, name: str) -> None:
    lines, facet = firm_lines(ledger, DAY), FACETS[name]
    for down in (False, True):
        found = [facet.get(line) for line in in_order(lines, facet, down=down)]
        told = [value for value in found if value is not None]
        assert found[: len(told)] == told
        if facet.kind in {"amount", "number"}:
            assert told == sorted(told, reverse=down)
    if facet.ticked:
        offered = values(lines, FACETS, name, ()).values
        assert sum(one.number for one in offered) == len(lines)
        for one in offered:
            assert len(kept(lines, FACETS, [OneOf(name, (one.value,))])) == one.number
    else:
        told = sorted(facet.get(line) for line in lines if facet.get(line) is not None)
        middle = told[len(told) // 2]
        assert len(kept(lines, FACETS, [Between(name, middle, None)])) == sum(value >= middle for value in told)
