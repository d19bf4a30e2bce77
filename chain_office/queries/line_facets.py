"""The headings of a list whose lines are worked out together: the same filters and orders, on lines in hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chain_office.queries.facet_orders import dictionary_key
from chain_office.queries.facet_values import SHOWN, FacetValue, FacetValues
from chain_office.queries.facets import BLANK, Contains, OneOf
from chain_office.queries.views import WITHOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chain_office.queries.facets import Condition, Kind


@dataclass(frozen=True, slots=True)
class LineFacet:
    """``get``: a line's value (None or "" for none). ``word``: what a value is called, "" for itself."""

    kind: Kind
    get: Callable[[Any], Any]
    word: Callable[[Any], str] | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def ticked(self) -> bool:
        """Whether its values can be ticked in a list."""
        return self.kind in {"choice", "text"}

    def say(self, line: Any) -> str:
        """A line's value in words."""
        value = str(self.get(line) or BLANK)
        return (self.word(line) if self.word else self.words.get(value, value)) if value else WITHOUT


def kept(lines: Iterable[Any], facets: Mapping[str, LineFacet], conditions: Sequence[Condition]) -> list[Any]:
    """The lines that meet the conditions; those on headings the list has not are left out of account."""
    tests = [(facets[one.facet], one) for one in conditions if one.facet in facets]
    return [line for line in lines if all(_meets(line, facet, one) for facet, one in tests)]


def _meets(line: Any, facet: LineFacet, condition: Condition) -> bool:
    if isinstance(condition, OneOf):
        return str(facet.get(line) or BLANK) in condition.values
    if isinstance(condition, Contains):
        return condition.text.casefold() in facet.say(line).casefold()
    value = facet.get(line)
    if value is None:
        return False
    low, high = condition.low, condition.high
    return (low is None or value >= low) and (high is None or value <= high)


def values(
    lines: Iterable[Any], facets: Mapping[str, LineFacet], name: str, conditions: Sequence[Condition], text: str = ""
) -> FacetValues:
    """The values of a heading among lines that meet the other conditions, most frequent first, the blank last."""
    facet = facets[name]
    some = kept(lines, facets, [one for one in conditions if one.facet != name])
    words = {str(facet.get(line) or BLANK): facet.say(line) for line in some}
    numbers = Counter(str(facet.get(line) or BLANK) for line in some)
    found = [
        FacetValue(value, words[value], number)
        for value, number in sorted(numbers.items(), key=lambda one: (one[0] == BLANK, -one[1], words[one[0]]))
        if text.casefold() in words[value].casefold()
    ]
    return FacetValues(tuple(found[:SHOWN]), more=len(found) > SHOWN)


def in_order(lines: Iterable[Any], facet: LineFacet, *, down: bool) -> list[Any]:
    """Lines by a heading; those without a value last, whichever way."""
    known: list[Any] = []
    without: list[Any] = []
    for line in lines:
        (without if facet.get(line) in {None, BLANK} else known).append(line)
    worded = facet.kind in {"choice", "text"}
    known.sort(key=lambda line: dictionary_key(facet.say(line)) if worded else facet.get(line), reverse=down)
    return known + without
