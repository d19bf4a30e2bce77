"""How a hit is shown: its number, its name with the words found marked, what else it is, where the words stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import RECORDS, record_number, spec_fields
from chain_office.db.models.base import PREFIXES
from chain_office.db.search import fold as as_indexed
from chain_office.db.searchable import TEXTS
from chain_office.domain.contacts import mask_phones_in_text
from chain_office.domain.loans import STAGE_WORDS
from chain_office.queries.finance import stage_at
from chain_office.queries.projects import STAGES
from chain_office.queries.records.rows import state_word
from chain_office.queries.search_words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.searchable import Texts

Key = tuple[str, str]
_TEXTS = {texts.table: texts for texts in TEXTS}
_LABELS = {
    (model._meta.table_name, field.column_name): field.label for model in RECORDS for field in spec_fields(model)
}
_AROUND = 24
_AFTER = 60
_IN_SIGHT = 30
"""So much of a name is sure to be seen; a word within it needs no excerpt."""
_FIRM = "(SELECT name FROM enterprise WHERE id = t.enterprise_id)"
_BORROWER = f"coalesce({_FIRM}, (SELECT name FROM park WHERE id = t.park_id), '')"
_DAY = "CASE WHEN t.day IS NULL THEN '日期不详' WHEN t.precision = 'month' THEN substr(t.day, 1, 7) ELSE t.day END"
_TITLES = {
    "visit": f"{_FIRM} || ' ' || {_DAY}",
    "monthly_output": f"{_FIRM} || ' ' || t.month",
    "problem": "t.text",
    "need": _BORROWER,
    "match": f"{_BORROWER} || coalesce(' · ' || (SELECT coalesce(short, name) FROM bank WHERE id = t.bank_id), '')",
}
"""What a record is called, where that is not its name."""
_BESIDE = {
    "enterprise": "(SELECT coalesce(d.short, d.name) FROM district d WHERE d.id = t.district_id)",
    "visit": "t.leader",
    "problem": f"coalesce({_FIRM}, '') || char(10) || t.state",
    "need": "'融资需求'",
    "match": stage_at("'9999-12-31'", "t"),
    "project": "t.stage",
    "unit": "'单位'", "park": "'园区'", "district": "'县市区'", "bank": "'银行'", "segment": "'产业链环节'",
    "officer": "coalesce(t.post, '工作人员')", "meeting": "coalesce(t.kind, '会议') || coalesce(' ' || t.day, '')",
    "campaign": "'走访活动'",
    "target": "t.year || '年发展目标'", "prospect": "coalesce(t.investor, '招商项目')",
    "achievement": "coalesce(t.holder, '科研成果')",
}  # fmt: skip
"""What is said of a record beside its name."""
_OPENS = {
    "unit": ("problems", "unit"), "park": ("enterprises", "park"), "district": ("enterprises", "district"),
    "bank": ("finance", "bank"), "segment": ("enterprises", "segment"), "campaign": ("visits", "campaign"),
    "officer": ("settings", "officer"), "enterprise": ("enterprises", "enterprise"), "visit": ("visits", "visit"),
    "problem": ("problems", "problem"), "need": ("finance", "need"), "match": ("finance", "match"),
    "project": ("projects", "project"), "monthly_output": ("output", "monthly_output"),
    "target": ("enterprises", "view:lists/target"), "prospect": ("enterprises", "view:lists/prospect"),
    "achievement": ("enterprises", "view:lists/achievement"),
}  # fmt: skip
"""The page that shows a record, and what it is called there."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces: (piece, whether it is what was looked for)."""

    pieces: tuple[tuple[str, bool], ...] = ()

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(piece for piece, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was found: how good a reason (0 the best), and the line of its names it was found in."""

    rank: int
    label: str = ""
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: where it opens, its number, name, what it is, and the words in their context ("" where the name
    shows them)."""

    page: str
    reference: str
    number: Marked
    title: Marked
    beside: str
    label: str
    context: Marked


def describe(ledger: Ledger, found: Mapping[Key, Reason], words: Sequence[str]) -> dict[Key, Hit]:
    """The hits as they are shown."""
    hits: dict[Key, Hit] = {}
    by_table: dict[str, list[str]] = {}
    for table, row_id in found:
        by_table.setdefault(table, []).append(row_id)
    for table, ids in by_table.items():
        heads = _heads(ledger, table, ids)
        places = _places(ledger, table, heads)
        unseen = {row_id: _unseen(title, words) for row_id, (_, title, _) in heads.items()}
        contexts = _contexts(
            ledger, table, [one for one in ids if _needs_context(found[table, one], unseen[one])], words
        )
        for row_id, (number, title, beside) in heads.items():
            reason = found[table, row_id]
            label, context = contexts.get(row_id, ("", Marked()))
            spans = [*_spans(title, words), *(reason.spans if reason.text == title else ())]
            if reason.label and reason.text:
                label, context = reason.label, mark(reason.text, reason.spans)
            page, reference = places[row_id]
            shown = mark(number, ((0, len(number)),)) if reason.numbered else mark(number)
            hits[table, row_id] = Hit(page, reference, shown, mark(_one_line(title), spans), beside, label, context)
    return hits


def _needs_context(reason: Reason, unseen: Sequence[str]) -> bool:
    return bool(unseen) and not reason.text and not reason.numbered


def _heads(ledger: Ledger, table: str, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Number, name and what is said beside it, of records by id."""
    marks = ",".join("?" * len(ids))
    number = "t.number" if table in PREFIXES else "NULL"
    title, beside = _TITLES.get(table, "t.name"), _BESIDE.get(table, "''")
    sql = f"SELECT t.id, {number}, coalesce({title}, ''), coalesce({beside}, '') FROM \"{table}\" t WHERE t.id IN ({marks})"
    return {
        row_id: (record_number(table, no) if no else "", mask_phones_in_text(name), _said(table, said))
        for row_id, no, name, said in ledger.rows(sql, tuple(ids))
    }


def _said(table: str, said: str) -> str:
    if table == "problem":
        firm, _, state = said.rpartition("\n")
        return " · ".join(part for part in (state_word(state), firm) if part)
    if table == "match":
        return STAGE_WORDS.get(said, said)
    if table == "project":
        return STAGES.get(said, said)
    return said


def _places(ledger: Ledger, table: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Where each record opens: the page, and the reference it understands."""
    if table in _OPENS:
        page, kind = _OPENS[table]
        return {row_id: (page, f"{kind}:{row_id}") for row_id in ids}
    marks = ",".join("?" * len(tuple(ids)))
    if table == "attachment":
        sql = f"SELECT id, table_name, row_id FROM attachment WHERE id IN ({marks})"
        owners = (
            (row_id, _OPENS.get(owner, ("", "")), owner_id) for row_id, owner, owner_id in ledger.rows(sql, tuple(ids))
        )
        return {row_id: (page, f"{kind}:{owner_id}") for row_id, (page, kind), owner_id in owners}
    sql = f"SELECT id, EXISTS (SELECT 1 FROM problem p WHERE p.meeting_id = m.id) FROM meeting m WHERE id IN ({marks})"
    return {
        row_id: ("problems", f"meeting:{row_id}") if handed_over else ("finance", f"event:{row_id}")
        for row_id, handed_over in ledger.rows(sql, tuple(ids))
    }


# Marking.


def mark(text: str, spans: Iterable[tuple[int, int]] = ()) -> Marked:
    """A text with some stretches marked."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [(text[at : max(at, start)], False), (text[max(at, start) : end], True)]
            at = end
    return Marked(tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0]))


def _one_line(text: str) -> str:
    return re.sub(r"[\n\r\t]", " ", text)


def _spans(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for word in words:
        needle = fold(word)
        at = folded.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = folded.find(needle, at + len(needle))


def _unseen(title: str, words: Sequence[str]) -> list[str]:
    """The words that the beginning of the name does not show."""
    folded = fold(title[:_IN_SIGHT])
    return [word for word in words if fold(word) not in folded]


# Context.


def _contexts(ledger: Ledger, table: str, ids: list[str], words: Sequence[str]) -> dict[str, tuple[str, Marked]]:
    """Where a word stands that the name does not show: in the record's own fields, else in its parts."""
    if not ids:
        return {}
    texts = _TEXTS[table]
    found: dict[str, tuple[str, Marked]] = {}
    for word in words:
        left = [one for one in ids if one not in found]
        for source, owner, columns in _sources(texts):
            wanted = [one for one in left if one not in found]
            if wanted:
                _look(ledger, (source, owner, columns), wanted, (word, words), found)
    return found


def _sources(texts: Texts) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield texts.table, "id", texts.columns
    yield from ((part.table, part.owner, part.columns) for part in texts.parts)


def _look(
    ledger: Ledger,
    source: tuple[str, str, tuple[str, ...]],
    ids: Sequence[str],
    wanted: tuple[str, Sequence[str]],
    found: dict[str, tuple[str, Marked]],
) -> None:
    table, owner, columns = source
    word, words = wanted
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ",".join("?" * len(ids))
    sql = f'SELECT "{owner}", {names} FROM "{table}" WHERE "{owner}" IN ({marks}) AND deleted_at IS NULL ORDER BY id'
    for row_id, *values in ledger.rows(sql, tuple(ids)):
        for column, value in zip(columns, values, strict=True):
            if value and row_id not in found and (around := _around(str(value), word, words)) is not None:
                found[row_id] = (_LABELS.get((table, column), ""), around)


def _around(text: str, word: str, words: Sequence[str]) -> Marked | None:
    """The text around a word, telephone numbers masked; None if the word is not in it."""
    if as_indexed(word) not in as_indexed(text):
        return None
    masked = _one_line(mask_phones_in_text(text))
    at = max(0, as_indexed(masked).find(as_indexed(word)))
    start, end = max(0, at - _AROUND), at + len(word) + _AFTER
    shown = ("…" if start else "") + masked[start:end] + ("…" if end < len(masked) else "")
    return mark(shown, _spans(shown, words))
