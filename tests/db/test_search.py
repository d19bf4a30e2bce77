"""Searching finds exactly what LIKE finds, in every state a ledger can get into."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_office.db import search, search_upkeep, undo
from chain_office.db.fields import NoteField
from chain_office.db.ledger import open_ledger
from chain_office.db.models import RECORDS, Bank, Enterprise, MonthlyOutput, Problem, ProblemEvent, Unit
from chain_office.db.searchable import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

LETTERS = "融资难贷款资金aAbZé9 %_\\\"'*,。-（\ue020😀"
TRUTH = (
    "SELECT id FROM problem WHERE deleted_at IS NULL AND (text LIKE :like ESCAPE '\\' OR demand LIKE :like ESCAPE '\\')"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "查.ledger", create=True) as opened:
        yield opened


def add(ledger: Ledger, *texts: str) -> list[str]:
    with ledger.write("甲", "登记") as writer:
        return writer.insert_many(Problem, [{"text": text} for text in texts])


def found(ledger: Ledger, *needles: str, limit: int = 10_000) -> list[str]:
    return [one.row_id for one in search.find(ledger, needles, limit=limit)]


def by_like(ledger: Ledger, needle: str) -> set[str]:
    return {row[0] for row in ledger.rows(TRUTH, {"like": search.pattern(needle)})}


def test_every_needle_of_one_to_six_characters_finds_what_like_finds(ledger: Ledger) -> None:
    words = st.text(LETTERS, min_size=1, max_size=6)

    @settings(max_examples=80)
    @given(st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=14), words), min_size=1, max_size=6), words)
    def prove(texts: list[tuple[str, str]], absent: str) -> None:
        with ledger.write("甲", "登记") as writer:
            writer.insert_many(Problem, [{"text": text, "demand": demand} for text, demand in texts])
        cut = [text[at : at + size] for text, _ in texts for at in (0, 2) for size in range(1, 7) if text[at:]]
        for needle in {*cut, absent}:
            wanted = by_like(ledger, needle)
            assert set(found(ledger, needle)) == wanted
            assert search.count(ledger, [needle]) == min(len(wanted), 1001)

    prove()


@given(st.text(LETTERS, min_size=7, max_size=60), st.integers(0, 20))
def test_a_long_needle_asks_for_words_its_own_text_has(text: str, start: int) -> None:
    needle = text[start:] if len(text) > start + 1 else text
    assert set(search._words(needle)) <= search.words_of(text)


def test_the_newest_come_first_and_pages_follow_on(ledger: Ledger) -> None:
    first, second, third = add(ledger, "融资难", "融资贵", "融资慢")
    assert found(ledger, "融资") == [third, second, first]
    page = search.find(ledger, ["融资"], limit=2)
    assert [one.row_id for one in search.find(ledger, ["融资"], before=page[-1].no)] == [first]
    with ledger.write("甲", "改") as writer:
        writer.update(Problem, first, {"text": "融资难,已缓解"})
    assert found(ledger, "融资") == [first, third, second]
    assert found(ledger, "已缓解") == [first]


def test_several_needles_must_all_be_there_and_nothing_finds_nothing(ledger: Ledger) -> None:
    both, _ = add(ledger, "用工难,融资难", "融资难")
    assert found(ledger, "用工", "融资") == [both]
    assert found(ledger, "") == []
    assert search.count(ledger, []) == 0


def test_tables_can_be_chosen(ledger: Ledger) -> None:
    (problem,) = add(ledger, "找市工信局")
    with ledger.write("甲", "登记") as writer:
        unit = writer.insert(Unit, {"name": "市工信局"})
    assert [one.row_id for one in search.find(ledger, ["工信局"], tables=("problem",))] == [problem]
    assert [one.row_id for one in search.find(ledger, ["工信局"], tables=("unit",))] == [unit]
    assert search.count(ledger, ["工信局"]) == 2


def test_a_record_is_found_by_its_parts(ledger: Ledger) -> None:
    first, second = add(ledger, "用地难", "用工难")
    with ledger.write("甲", "登记进展") as writer:
        step = {"problem": first, "seq": 1, "kind": "note", "state": "doing", "text": "已现场踏勘"}
        event = writer.insert(ProblemEvent, step)
    assert found(ledger, "踏勘") == [first]
    assert found(ledger, "难") == [first, second]
    assert found(ledger, "用地", "踏勘") == [first]
    with ledger.write("甲", "删") as writer:
        writer.bin(ProblemEvent, event)
    assert found(ledger, "踏勘") == []
    assert not search_upkeep.check(ledger)


def test_a_rare_character_is_found_behind_many_newer_records(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_RECENT", 4)
    made = add(ledger, "缺鱻", "鱻", "用工难", "鱻鱻", *["融资难"] * 5, "鱻肥")
    assert found(ledger, "鱻") == [made[9], made[3], made[1], made[0]]
    assert found(ledger, "鱻", limit=2) == [made[9], made[3]]
    assert found(ledger, "鱻", "缺") == [made[0]]
    assert search.count(ledger, ["鱻"]) == 4
    assert search.count(ledger, ["难"], cap=5) == 6
    page = search.find(ledger, ["鱻"], limit=3)
    assert [one.row_id for one in search.find(ledger, ["鱻"], before=page[-1].no)] == [made[0]]


def test_ids_another_tool_made_are_found_too(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"id": one, "name": f"{one}银行"} for one in ("bank-1", "AB", "ab")])
    assert {one.row_id for one in search.find(ledger, ["银行"])} == {"bank-1", "AB", "ab"}
    assert not search_upkeep.check(ledger)


def test_a_count_stops_at_its_cap(ledger: Ledger) -> None:
    add(ledger, *["融资难"] * 5)
    assert search.count(ledger, ["融资"], cap=3) == 4


def test_the_bin_and_an_undone_write_are_followed(ledger: Ledger) -> None:
    (problem,) = add(ledger, "融资难")
    with ledger.write("甲", "删") as writer:
        writer.bin(Problem, problem)
    assert found(ledger, "融资") == []
    with ledger.write("甲", "找回") as writer:
        writer.unbin(Problem, problem)
    assert found(ledger, "融资") == [problem]
    with ledger.write("甲", "改") as writer:
        writer.update(Problem, problem, {"text": "用工难"})
        number = writer.write_no
    assert found(ledger, "融资") == []
    with ledger.write("甲", "撤销") as writer:
        undo.take_back(writer, number)
    assert found(ledger, "融资") == [problem]
    assert not search_upkeep.check(ledger)


def test_a_change_without_a_word_in_it_makes_no_new_document(ledger: Ledger) -> None:
    (problem,) = add(ledger, "融资难")
    before = search.find(ledger, ["融资"])
    with ledger.write("甲", "改") as writer:
        writer.update(Problem, problem, {"state": "closed"})
    assert search.find(ledger, ["融资"]) == before


def test_a_write_that_fails_leaves_no_document(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.write("甲", "登记") as writer:
            writer.insert(Problem, {"text": "融资难"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert found(ledger, "融资") == []
    assert not search_upkeep.check(ledger)


def test_the_check_names_what_another_tool_did_and_a_rebuild_mends_it(ledger: Ledger) -> None:
    changed, gone, kept = add(ledger, "融资难", "用地难", "用工难")
    with sqlite3.connect(ledger.path) as other:
        other.execute("UPDATE problem SET text = '物流难' WHERE id = ?", (changed,))
        other.execute("UPDATE problem SET deleted_at = 'now' WHERE id = ?", (gone,))
        other.execute("INSERT INTO bank(id, name, verified) VALUES ('b1', '农发行', 1)")
    other.close()
    faults = search_upkeep.check(ledger)
    assert faults
    assert faults.changed == (("problem", changed),)
    assert faults.gone == (("problem", gone),)
    assert faults.missing == (("bank", "b1"),)
    assert found(ledger, "物流") == []
    with ledger.write("甲", "重建索引") as writer:
        assert search_upkeep.rebuild(writer) == 3
    assert not search_upkeep.check(ledger)
    assert found(ledger, "物流") == [changed]
    assert found(ledger, "难") == [kept, changed]
    assert found(ledger, "农发") == ["b1"]


def test_the_check_finds_documents_the_index_lost(ledger: Ledger) -> None:
    (problem,) = add(ledger, "融资难")
    with ledger.write("甲", "弄坏") as writer:
        writer.derive("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    assert search_upkeep.check(ledger).lost == (("problem", problem),)


def test_a_rebuild_from_nothing_follows_the_making_of_records_and_numbers_no_silent_ones(ledger: Ledger) -> None:
    first, second = add(ledger, "融资难", "用地难")
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "难得铜业"})
        writer.insert(MonthlyOutput, {"enterprise": firm, "month": "2021-09"})
    (last,) = add(ledger, "用工难")
    with ledger.write("甲", "重建索引") as writer:
        writer.derive("DELETE FROM search_doc")
        writer.derive("UPDATE search_state SET next_no = 1")
        assert search_upkeep.rebuild(writer) == 4
    assert found(ledger, "难") == [last, firm, second, first]
    assert ledger.value("SELECT next_no FROM search_state") == 5


def test_a_rebuilt_ledger_can_be_written_on(ledger: Ledger) -> None:
    (old,) = add(ledger, "融资难")
    with ledger.write("甲", "重建索引") as writer:
        search_upkeep.rebuild(writer)
    (new,) = add(ledger, "融资贵")
    with ledger.write("甲", "登记") as writer:
        writer.insert(Bank, {"name": "融资银行"})
    assert found(ledger, "融资")[1:] == [new, old]
    assert not search_upkeep.check(ledger)


def test_every_note_of_a_searched_table_is_searched() -> None:
    searched = {texts.table: set(texts.columns) for texts in TEXTS}
    searched |= {part.table: set(part.columns) for texts in TEXTS for part in texts.parts}
    forgotten = [
        f"{model._meta.table_name}.{field.column_name}"
        for model in RECORDS
        for field in model._meta.sorted_fields
        if isinstance(field, NoteField) and model._meta.table_name in searched
        if field.column_name not in searched[model._meta.table_name]
    ]
    assert forgotten == []
    known = {model._meta.table_name: model for model in RECORDS}
    for texts in TEXTS:
        columns = known[texts.table]._meta.columns
        assert set(texts.columns) <= set(columns)
        for part in texts.parts:
            assert {*part.columns, part.owner} <= set(known[part.table]._meta.columns)
    assert len({texts.kind for texts in TEXTS}) == len(TEXTS)
