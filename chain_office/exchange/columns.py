"""Give a table's columns to a desk's fields, with the unit, period and bank their headings state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chain_office.exchange.banks import leading_bank
from chain_office.exchange.slots import CUMULATIVE, MONTH, Slot, read_slot
from chain_office.exchange.vocabulary import (
    CHANGING,
    HARMLESS,
    SEQUENCE,
    UNIT_COLUMNS,
    Family,
    Lexicon,
    Vocabulary,
    core,
    meaning,
)

if TYPE_CHECKING:
    from chain_office.domain.periods import Period
    from chain_office.domain.specs import FieldSpec
    from chain_office.exchange.headblock import Column

EXACT, PERIOD, BANK, CONTAINED, FUZZY = "exact", "period", "bank", "contained", "fuzzy"
SQUEEZE = re.compile(r"情况|信息|相关|有关|基本|简要|具体")
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
YEAR_WORDS = ("本年", "年度", "今年", "当年", "")
STRENGTH = {EXACT: 1.0, PERIOD: 1.0, BANK: 1.0, CONTAINED: 0.6, FUZZY: 0.5}


@dataclass(frozen=True, slots=True)
class Match:
    """A column given to a field. ``words`` are the normalised heading it was found by."""

    column: Column
    spec: FieldSpec
    how: str
    words: str
    slot: Slot | None = None
    period: Period | None = None
    prior: bool = False
    bank: str = ""
    more: tuple[int, ...] = ()
    """Further columns under the same merged heading (姓名 and 电话 side by side): their texts belong to the value."""
    marks: tuple[tuple[int, str], ...] = ()
    """Columns under one heading of which one is ticked (已办结 | 正在办理 | 长期推进), with what a tick there says."""

    @property
    def index(self) -> int:
        """Where the column stands."""
        return self.column.index


@dataclass(slots=True)
class Mapping:
    """All columns of a table as one desk reads them."""

    vocabulary: Vocabulary
    matches: list[Match] = field(default_factory=list)
    sequence: int | None = None
    unit_column: int | None = None
    unknown: list[Column] = field(default_factory=list)
    doubled: list[Column] = field(default_factory=list)

    def names(self) -> set[str]:
        """The names of the fields found."""
        return {match.spec.name for match in self.matches}

    def first(self, name: str) -> Match | None:
        """The first column of a field."""
        return next((match for match in self.matches if match.spec.name == name), None)


def map_columns(columns: tuple[Column, ...], vocabulary: Vocabulary, lexicon: Lexicon, title: str) -> Mapping:
    """Match every column; a field that two columns claim goes to the better one."""
    mapping = Mapping(vocabulary)
    found: list[Match] = []
    for column in columns:
        cores = column.cores
        if cores and cores[-1] in SEQUENCE and mapping.sequence is None:
            mapping.sequence = column.index
            continue
        match = _match(column, vocabulary, lexicon, title)
        if match is None:
            (mapping.unknown if cores else []).append(column)
        else:
            found.append(match)
    found = _span_from_neighbours(found, vocabulary)
    _keep_best(found, mapping)
    return mapping


def mark_unit_column(mapping: Mapping, index: int) -> None:
    """Note that a column holds each row's unit (计量单位) and is no field."""
    mapping.unit_column = index
    mapping.matches = [match for match in mapping.matches if match.index != index]
    mapping.unknown = [column for column in mapping.unknown if column.index != index]


def tick_groups(columns: tuple[Column, ...], vocabulary: Vocabulary) -> list[Match]:
    """Headings of a text field that spread over several columns; whether these hold ticks is for the body to show."""
    found: dict[tuple[str, ...], list[Column]] = {}
    for column in columns:
        if len(column.levels) >= 2:
            found.setdefault(column.levels[:-1], []).append(column)
    groups = []
    for levels, members in found.items():
        spec = vocabulary.exact.get(core(levels[-1]))
        if spec is not None and len(members) >= 2 and spec.weight == "other" and spec.kind.name != "money":
            marks = tuple((column.index, column.levels[-1]) for column in members)
            heading = replace(members[0], levels=levels)
            groups.append(Match(heading, spec, EXACT, core(levels[-1]), marks=marks))
    return groups


def mark_ticks(mapping: Mapping, group: Match) -> None:
    """Read a group of ticked columns as one field."""
    taken = {index for index, _ in group.marks}
    mapping.matches = [one for one in mapping.matches if one.index not in taken and one.spec is not group.spec]
    mapping.matches = sorted([*mapping.matches, group], key=lambda one: one.index)
    mapping.unknown = [column for column in mapping.unknown if column.index not in taken]
    mapping.doubled = [column for column in mapping.doubled if column.index not in taken]


def may_hold_units(column: Column) -> bool:
    """Whether a column's heading allows it to hold each row's unit."""
    return bool(column.cores) and column.cores[-1] in UNIT_COLUMNS


def _keep_best(found: list[Match], mapping: Mapping) -> None:
    best: dict[tuple[str, str, bool, str], Match] = {}
    for match in found:
        key = (match.spec.name, repr(match.period) if match.period else "", match.prior, match.bank)
        held = best.get(key)
        if held is None:
            best[key] = match
        elif _under_one_heading(held, match):
            best[key] = replace(held, more=(*held.more, match.index))
        elif STRENGTH[match.how] > STRENGTH[held.how]:
            mapping.doubled.append(held.column)
            best[key] = match
        else:
            mapping.doubled.append(match.column)
    mapping.matches.extend(sorted(best.values(), key=lambda match: match.index))


def _under_one_heading(left: Match, right: Match) -> bool:
    """Whether two columns share one merged heading and their texts may stand together."""
    joined = left.column.levels == right.column.levels and right.index == max((left.index, *left.more)) + 1
    return joined and left.spec.weight == "other" and left.spec.kind.name in {"text", "long_text"}


def _match(column: Column, vocabulary: Vocabulary, lexicon: Lexicon, title: str) -> Match | None:
    cores = column.cores
    if not cores:
        return None
    by_bank = _bank_column(column, vocabulary, lexicon, title)
    if by_bank:
        return by_bank
    joined, leaf = "".join(cores), cores[-1]
    pair = "".join(cores[-2:])
    for words in dict.fromkeys(
        (joined, pair, SQUEEZE.sub("", joined), SQUEEZE.sub("", pair), "".join(reversed(cores[-2:])))
    ):
        match = _exactly(column, words, vocabulary)
        if match:
            return match
    own = read_slot(leaf)
    if own.rest or len(cores) == 1:
        match = _exactly(column, leaf, vocabulary) or _exactly(column, SQUEEZE.sub("", leaf), vocabulary)
        if match:
            return match
    return _loosely(column, tuple(dict.fromkeys((leaf, joined) if own.rest else (joined,))), vocabulary)


def _exactly(column: Column, words: str, vocabulary: Vocabulary) -> Match | None:
    """By the words as they are, by their period and measure, or with a year number read as 本年."""
    if not words:
        return None
    spec = vocabulary.exact.get(words)
    slot = read_slot(words)
    if spec is not None and not spec.periodic:
        return Match(column, spec, EXACT, words)
    match = _by_period(column, words, slot, vocabulary, spec)
    if match or spec is not None:
        return match or Match(column, spec, EXACT, words, slot)  # type: ignore[arg-type]
    return _with_year_word(column, words, vocabulary, slot) or _measure_of_month(column, words, slot, vocabulary)


def _by_period(column: Column, words: str, slot: Slot, vocabulary: Vocabulary, spec: FieldSpec | None) -> Match | None:
    for family in vocabulary.families:
        if spec is not None and spec not in family.specs:
            continue
        if spec is None and not (family.knows(slot) and (slot.span or slot.prior)):
            continue
        chosen = spec if spec is not None else family.slots.get((slot.prior, slot.span))
        if chosen is None and family.specs[0].kind.name == "percent":
            chosen = family.slots.get((False, slot.span)) or family.slots.get((False, ""))
        if chosen is None and spec is None:
            continue
        return Match(column, chosen or spec, PERIOD, words, slot, slot.period, slot.prior)  # type: ignore[arg-type]
    return None


def _with_year_word(column: Column, words: str, vocabulary: Vocabulary, slot: Slot) -> Match | None:
    """ "2021年计划投资" is the field known as 本年计划投资."""
    if not YEAR.search(words):
        return None
    for word in YEAR_WORDS:
        spec = vocabulary.exact.get(YEAR.sub(word, words, count=1))
        if spec is not None:
            return Match(column, spec, EXACT, words, slot, slot.period)
    return None


def _measure_of_month(column: Column, words: str, slot: Slot, vocabulary: Vocabulary) -> Match | None:
    """ "9月用电量" is the field 用电量 in that month; a cumulative or last year's value of it has no place."""
    if slot.span != MONTH or slot.prior or not slot.rest:
        return None
    spec = vocabulary.exact.get(slot.rest)
    return Match(column, spec, PERIOD, words, slot, slot.period) if spec is not None and not spec.periodic else None


def _loosely(column: Column, candidates: tuple[str, ...], vocabulary: Vocabulary) -> Match | None:
    for place, words in enumerate(candidates):
        slot = read_slot(words)
        alike = vocabulary.meanings.get(meaning(words))
        if alike is not None and not slot.prior and not slot.period:
            return Match(column, alike, CONTAINED, words, slot if alike.periodic else None)
        whole = place > 0 or len(column.cores) > 1  # a heading over several columns names no single one of them
        best: tuple[int, str, FieldSpec] | None = None
        for known, spec in vocabulary.exact.items():
            if len(known) >= 2 and known in words and known != words and _same_thing(words, known, slot, spec, whole):
                best = (
                    max(best, (len(known), known, spec), key=lambda one: one[0]) if best else (len(known), known, spec)
                )
        if best:
            return Match(column, best[2], CONTAINED, words, slot if best[2].periodic else None)
    return _fuzzily(column, candidates[0], vocabulary) or _by_likeness(column, candidates[0], vocabulary)


def _same_thing(words: str, known: str, slot: Slot, spec: FieldSpec, whole: bool) -> bool:
    """Whether what a heading says beyond a known one leaves its meaning alone; ``whole``: it may say nothing more."""
    residue = words.replace(known, "", 1)
    plain_residue = HARMLESS.sub("", residue)
    if not plain_residue:
        return True
    if whole or CHANGING.search(plain_residue) or (slot.prior and not spec.periodic) or re.search(r"\d", plain_residue):
        return False
    return len(plain_residue) <= (len(known) if len(known) > 2 else 1)


def _fuzzily(column: Column, words: str, vocabulary: Vocabulary) -> Match | None:
    if len(words) < 4:
        return None
    near = {spec.name: (known, spec) for known, spec in vocabulary.exact.items() if _one_off(known, words)}
    if len(near) != 1:
        return None
    known, spec = next(iter(near.values()))
    return Match(column, spec, FUZZY, known, read_slot(words) if spec.periodic else None)


def _by_likeness(column: Column, words: str, vocabulary: Vocabulary) -> Match | None:
    """A question written as a heading ("企业存在什么困难和问题需要政府帮助解决"): most of a long heading's pairs of
    characters, for a field of long text."""
    if len(words) < 7:
        return None
    scores: dict[str, tuple[float, str, FieldSpec]] = {}
    for known, spec in vocabulary.exact.items():
        if spec.kind.name == "long_text" and len(known) >= 6:
            score = (_likeness(words, known), known, spec)
            held = scores.get(spec.name)
            scores[spec.name] = score if held is None or score[0] > held[0] else held
    ranked = sorted(scores.values(), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < 0.65 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.1):
        return None
    return Match(column, ranked[0][2], FUZZY, ranked[0][1])


def _likeness(left: str, right: str) -> float:
    mine = {left[at : at + 2] for at in range(len(left) - 1)}
    theirs = {right[at : at + 2] for at in range(len(right) - 1)}
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _one_off(left: str, right: str) -> bool:
    """Whether one wrong, missing or extra character lies between two headings of four characters or more."""
    if min(len(left), len(right)) < 4 or abs(len(left) - len(right)) > 1:
        return False
    if len(left) == len(right):
        return left[0] == right[0] and sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = sorted((left, right), key=len)
    return any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long))) and min(len(short), len(long)) >= 5


def _bank_column(column: Column, vocabulary: Vocabulary, lexicon: Lexicon, title: str) -> Match | None:
    """A column named after a bank, under 授信, 放款 or 意向."""
    cores = column.cores
    known = set(vocabulary.exact)
    bank, rest = leading_bank(cores[-1], lexicon.banks, known)
    if not bank:
        return None
    said = rest + "".join(cores[:-1]) or title
    for text in (said, title):
        spec = _amount_named_in(text, vocabulary)
        if spec is not None:
            written = re.sub(r"[(（][^()（）]*[)）]", "", column.levels[-1]).strip()
            return Match(column, spec, BANK, cores[-1], bank=written if not rest else bank)
    return None


def _amount_named_in(text: str, vocabulary: Vocabulary) -> FieldSpec | None:
    best: tuple[int, FieldSpec] | None = None
    for known, spec in vocabulary.exact.items():
        stem = re.sub(r"(金额|额度|额)$", "", known)
        if spec.weight == "amount" and len(stem) >= 2 and stem in text and (best is None or len(stem) > best[0]):
            best = (len(stem), spec)
    return best[1] if best else None


def _span_from_neighbours(found: list[Match], vocabulary: Vocabulary) -> list[Match]:
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
        if family is None or match.slot is None or match.slot.span:
            continue
        percent = match.spec.kind.name == "percent"
        chosen = family.slots.get((match.slot.prior and not percent, span))
        if chosen is not None:
            slot = replace(match.slot, span=span)
            mapping.matches[place] = replace(match, spec=chosen, slot=slot)
