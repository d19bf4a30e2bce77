"""Columns whose heading leaves open which period it speaks of: their neighbour or the title says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.exchange.slots import CUMULATIVE, MONTH, Slot

if TYPE_CHECKING:
    from chain_office.domain.periods import Period
    from chain_office.exchange.matches import Mapping, Match
    from chain_office.exchange.vocabulary import Family, Vocabulary


def span_from_neighbours(found: list[Match], vocabulary: Vocabulary) -> list[Match]:
    """上年同期 or 同比 right of 本月 speaks of the month, right of 累计 of the cumulative."""
    settled: list[Match] = []
    for match in found:
        family = vocabulary.family_of(match.spec)
        slot = match.slot
        if family is None or slot is None:
            settled.append(match)
            continue
        if not slot.span:
            left = next((one for one in reversed(settled) if one.slot and one.slot.span), None)
            near = left is not None and match.index - left.index <= 3
            if near and left is not None and left.slot is not None:
                slot = replace(slot, span=left.slot.span, period=slot.period or left.slot.period)
                match = _respan(match, family, slot, left.period)
        settled.append(match)
    return settled


def _respan(match: Match, family: Family, slot: Slot, period: Period | None) -> Match:
    percent = match.spec.kind.name == "percent"
    chosen = family.slots.get((slot.prior and not percent, slot.span))
    if chosen is None or (not slot.prior and not percent):
        return match
    settled = match.period or (replace(period, year=None) if period else None)
    return replace(match, spec=chosen, slot=slot, period=settled)


def whole_table_span(mapping: Mapping, period: Period | None) -> None:
    """A bare 产值 under the title "2021年1-9月…" is the cumulative, under "2021年9月…" the month."""
    if period is None or not period.last:
        return
    span = CUMULATIVE if period.cumulative else MONTH
    for place, match in enumerate(mapping.matches):
        family = mapping.vocabulary.family_of(match.spec)
        if family is None or match.slot is None or match.slot.span or "累计" in match.words:
            continue
        percent = match.spec.kind.name == "percent"
        chosen = family.slots.get((match.slot.prior and not percent, span))
        if chosen is not None:
            slot = replace(match.slot, span=span)
            mapping.matches[place] = replace(match, spec=chosen, slot=slot)
