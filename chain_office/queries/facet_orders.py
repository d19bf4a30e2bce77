"""A list by any of its headings: no index serves that, so the ids are sorted; blanks come last whichever way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from chain_office.queries.lists import column, conditions_sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.facets import Condition, Facet
    from chain_office.queries.lists import ListKind

SIGN: Final = "="
"""An order's name beginning so is a facet's."""
_RANKED: Final = 5000
"""So many different words at most are put into the order of a Chinese dictionary; longer lists go by character code."""


def ids_by_facet(
    ledger: Ledger,
    kind: ListKind[Any],
    name: str,
    *,
    filters: Mapping[str, str | None],
    conditions: Sequence[Condition],
    down: bool,
) -> tuple[str, ...]:
    """All ids in the order of a facet."""
    facet = kind.facets[name]
    wanted, arguments = conditions_sql(ledger, kind, filters, conditions)
    way = " DESC" if down else ""
    if facet.read is not None:
        known, codes = facet.read(ledger), {code: place for place, code in enumerate(facet.words)}
        ids = [
            row[0] for row in ledger.rows(f'SELECT t.id FROM "{kind.table}" t WHERE {wanted} ORDER BY t.id', arguments)
        ]
        sign = -1 if down else 1
        return tuple(sorted(ids, key=lambda one: (one not in known, sign * codes.get(known.get(one, ""), len(codes)))))
    ranks = _ranks(ledger, kind, facet)
    if ranks is None:
        key = facet.sort or facet.value
        sql = f"SELECT t.id FROM \"{kind.table}\" t WHERE {wanted} ORDER BY {key} IS NULL OR {key} = '', {key}{way}, t.id{way}"
        return tuple(column(ledger, sql, arguments))
    sql = (
        "WITH rank(place, value) AS MATERIALIZED (SELECT key, value FROM json_each(:ranks)) "
        f'SELECT t.id FROM "{kind.table}" t LEFT JOIN rank r ON r.value = {facet.value} '
        f"WHERE {wanted} ORDER BY r.place IS NULL, r.place{way}, t.id{way}"
    )
    return tuple(column(ledger, sql, {**arguments, "ranks": json.dumps(ranks)}))


def _ranks(ledger: Ledger, kind: ListKind[Any], facet: Facet) -> list[str] | None:
    """The values in the order of their words; None where the value itself, or ``sort``, is the order."""
    if facet.sort or facet.kind not in {"choice", "text"}:
        return None
    if facet.words:
        return list(facet.words)
    if facet.source:
        rows = ledger.rows(f'SELECT n.id, {facet.label} FROM "{facet.source}" n LIMIT {_RANKED + 1}')
    else:
        rows = ledger.rows(
            f'SELECT DISTINCT {facet.value}, {facet.value} FROM "{kind.table}" t '
            f"WHERE t.deleted_at IS NULL AND {facet.value} <> '' LIMIT {_RANKED + 1}"
        )
    if len(rows) > _RANKED:
        return None
    return [value for value, _ in sorted(rows, key=lambda row: dictionary_key(row[1]))]


def dictionary_key(word: str) -> bytes:
    """A key that sorts words as a Chinese dictionary does: the 3,755 common characters stand in GB 18030 by pinyin."""
    return word.encode("gb18030", "replace")
