"""The distinct values behind a heading with how many lines have each, the list's other filters honoured."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.search import pattern
from chain_office.queries.facets import BLANK
from chain_office.queries.lists import conditions_sql
from chain_office.queries.views import WITHOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.facets import Condition, Facet
    from chain_office.queries.lists import ListKind

SHOWN: Final = 1000
"""So many values are offered at once; typing narrows the rest."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value (months of days), its word, and how many lines have it."""

    value: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class FacetValues:
    """Values in the order they are offered; ``more``: there are others."""

    values: tuple[FacetValue, ...]
    more: bool


def facet_values(
    ledger: Ledger,
    kind: ListKind[Any],
    name: str,
    *,
    filters: Mapping[str, str | None] | None = None,
    conditions: Sequence[Condition] = (),
    only: frozenset[str] | None = None,
    text: str = "",
) -> FacetValues:
    """The values of a facet whose words have ``text`` in them, most frequent first (codes in their own order, days from
    the latest), the blank last. The facet's own conditions are left out of account: they are what is being changed."""
    facet = kind.facets[name]
    others = [one for one in conditions if one.facet != name]
    wanted, arguments = conditions_sql(ledger, kind, filters or {}, others)
    if only is not None:
        wanted += " AND t.id IN (SELECT value FROM json_each(:only))"
        arguments["only"] = json.dumps(sorted(only))
    source = f'"{kind.table}" t WHERE {wanted}'
    if facet.read is not None:
        known = facet.read(ledger)
        numbers = Counter(known.get(row[0], BLANK) for row in ledger.rows(f"SELECT t.id FROM {source}", arguments))
        return by_words(facet.words, numbers.items(), text)
    value = f"substr({facet.value}, 1, 7)" if facet.kind == "day" else facet.value
    grouped = f"SELECT coalesce({value}, '') AS value, count(*) AS number FROM {source} GROUP BY 1"
    if facet.words:
        return by_words(facet.words, ledger.rows(grouped, arguments), text)
    return _read(ledger, facet, grouped, arguments, text)


def _read(ledger: Ledger, facet: Facet, grouped: str, arguments: dict[str, object], text: str) -> FacetValues:
    word, join = (f"coalesce({facet.label}, g.value)", f'LEFT JOIN "{facet.source}" n ON n.id = g.value')
    if not facet.source:
        word, join = "g.value", ""
    keep = ""
    if text:
        keep = f"WHERE {word} LIKE :text ESCAPE '\\'"
        if facet.source == "enterprise":
            keep += " OR n.initials LIKE :text ESCAPE '\\'"
        arguments = {**arguments, "text": pattern(text)}
    order = "g.value DESC" if facet.kind == "day" else "g.number DESC, 2"
    rows = ledger.rows(
        f"SELECT g.value, {word}, g.number FROM ({grouped}) g {join} {keep} ORDER BY g.value = '', {order} LIMIT {SHOWN + 1}",
        arguments,
    )
    found = tuple(FacetValue(value, said if value else WITHOUT, number) for value, said, number in rows[:SHOWN])
    return FacetValues(found, more=len(rows) > SHOWN)


def by_words(words: Mapping[str, str], numbers: Iterable[tuple[str, int]], text: str = "") -> FacetValues:
    """Counted codes as values: in the order of their words, unknown ones and the blank after them."""
    counted = dict(numbers)
    codes = [code for code in words if code in counted] + sorted(counted.keys() - words.keys(), reverse=True)
    said = [FacetValue(code, words.get(code, code or WITHOUT), counted[code]) for code in codes]
    return FacetValues(tuple(one for one in said if text.casefold() in one.word.casefold()), more=False)
