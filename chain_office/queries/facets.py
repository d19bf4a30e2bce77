"""What a heading of a list is filtered by, and the conditions people put on it, as SQL over the list's table t.

A condition is plain data: it is shown as a chip, kept in a saved view, and said to the ledger with bound values only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from chain_office.db.search import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chain_office.db.ledger import Ledger

Kind = Literal["choice", "text", "day", "amount", "number"]
BLANK: Final = ""
"""The value of a line that has none."""
_SHORT = frozenset({"park", "unit", "bank", "district", "segment", "category"})


@dataclass(frozen=True, slots=True)
class Facet:
    """``value``: SQL of the stored value over t. ``source``: the table a choice's value is an id of. ``words``: what
    codes are called, in their natural order. ``sort``: SQL to sort by where the value will not do. ``read``: for values
    worked out by rules instead of SQL: id → value for every live record, read when it is asked for."""

    kind: Kind
    value: str = ""
    source: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    read: Callable[[Ledger], Mapping[str, str]] | None = None

    @property
    def ticked(self) -> bool:
        """Whether its values can be ticked in a list (days: by year and month)."""
        return self.kind in {"choice", "text", "day"}

    @property
    def label(self) -> str:
        """SQL of what a row n of the source is called."""
        return "coalesce(n.short, n.name)" if self.source in _SHORT else "n.name"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these (days: a year "2021" or a month "2021-09"); BLANK for none. ``words`` tell them."""

    facet: str
    values: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Between:
    """From ``low`` to ``high``, both included; None leaves that side open. Days as "YYYY-MM-DD", amounts in 元."""

    facet: str
    low: str | int | float | None
    high: str | int | float | None


@dataclass(frozen=True, slots=True)
class Contains:
    """The text has this in it."""

    facet: str
    text: str


Condition = OneOf | Between | Contains


def where(
    ledger: Ledger, facets: Mapping[str, Facet], conditions: Sequence[Condition]
) -> tuple[list[str], dict[str, object]]:
    """The conditions as SQL over t, and their arguments. One on a facet the list has not (an old saved view) is left
    out; the chip that shows it says so by keeping everything."""
    said: list[str] = []
    arguments: dict[str, object] = {}
    for place, one in enumerate(conditions):
        facet = facets.get(one.facet)
        if facet is None:
            continue
        name = f"facet{place}"
        if facet.read is not None:
            sql, arguments[name] = _among(facet.read(ledger), one, name)
            said.append(sql)
        else:
            sql, values = _one(facet, one, name)
            said.append(sql)
            arguments |= values
    return said, arguments


def _among(known: Mapping[str, str], condition: Condition, name: str) -> tuple[str, str]:
    """A condition on values worked out by rules: by ids, the blank being every line the rules say nothing of."""
    wanted = frozenset(condition.values if isinstance(condition, OneOf) else ())
    if BLANK in wanted:
        return f"t.id NOT IN (SELECT value FROM json_each(:{name}))", _ids(known, lambda value: value not in wanted)
    return f"t.id IN (SELECT value FROM json_each(:{name}))", _ids(known, wanted.__contains__)


def _ids(known: Mapping[str, str], keep: Callable[[str], bool]) -> str:
    return json.dumps([one for one, value in known.items() if keep(value)])


def _one(facet: Facet, condition: Condition, name: str) -> tuple[str, dict[str, object]]:
    if isinstance(condition, OneOf):
        return _one_of(facet, condition, name)
    if isinstance(condition, Contains):
        return _contains(facet, condition, name)
    sides = {f"{name}low": (condition.low, ">="), f"{name}high": (condition.high, "<=")}
    said = [f"{facet.value} {sign} :{side}" for side, (bound, sign) in sides.items() if bound is not None]
    arguments: dict[str, object] = {side: bound for side, (bound, _) in sides.items() if bound is not None}
    return f"({' AND '.join(said) or '1'})", arguments


def _one_of(facet: Facet, condition: OneOf, name: str) -> tuple[str, dict[str, object]]:
    wanted = [one for one in condition.values if one != BLANK]
    said = [f"{facet.value} IS NULL OR {facet.value} = ''"] if BLANK in condition.values else []
    arguments: dict[str, object] = {}
    if facet.kind == "day":
        said += [f"substr({facet.value}, 1, {size}) IN (SELECT value FROM json_each(:{name}))" for size in (4, 7)]
        arguments[name] = json.dumps(wanted)
    elif len(wanted) == 1:
        said.append(f"{facet.value} = :{name}")
        arguments[name] = wanted[0]
    elif wanted:
        said.append(f"{facet.value} IN (SELECT value FROM json_each(:{name}))")
        arguments[name] = json.dumps(wanted)
    return f"({' OR '.join(said) or '0'})", arguments


def _contains(facet: Facet, condition: Contains, name: str) -> tuple[str, dict[str, object]]:
    if facet.words:
        codes = [code for code, word in facet.words.items() if condition.text.casefold() in word.casefold()]
        return f"{facet.value} IN (SELECT value FROM json_each(:{name}))", {name: json.dumps(codes)}
    like = f"LIKE :{name} ESCAPE '\\'"
    arguments: dict[str, object] = {name: pattern(condition.text)}
    if facet.source:
        found = f'SELECT n.id FROM "{facet.source}" n WHERE {facet.label} {like}'
        return f"{facet.value} IN ({found})", arguments
    return f"{facet.value} {like}", arguments
