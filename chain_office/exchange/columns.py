"""Give a table's columns to a desk's fields, with the unit, period and bank their headings state."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.exchange.banks import leading_bank
from chain_office.exchange.matches import BANK, CONTAINED, EXACT, PERIOD, STRENGTH, Mapping, Match
from chain_office.exchange.neighbours import span_from_neighbours
from chain_office.exchange.similar import loosely
from chain_office.exchange.slots import MONTH, Slot, read_slot
from chain_office.exchange.vocabulary import SEQUENCE, Lexicon, Vocabulary, plainer

if TYPE_CHECKING:
    from chain_office.domain.specs import FieldSpec
    from chain_office.exchange.headblock import Column

SQUEEZE = re.compile(r"情况|信息|相关|有关|基本|简要|具体")
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
BARE_AMOUNTS = frozenset({("金额",), ("额度",)})
BARE_DAYS = frozenset({("时间",), ("日期",)})
YEAR_WORDS = ("本年", "年度", "今年", "当年", "")


def map_columns(columns: tuple[Column, ...], vocabulary: Vocabulary, lexicon: Lexicon, title: str) -> Mapping:
    """Match every column; a field that two columns claim goes to the better one."""
    mapping = Mapping(vocabulary)
    found: list[Match] = []
    for column in columns:
        cores = column.cores
        if cores and cores[-1] in SEQUENCE and mapping.sequence is None:
            mapping.sequence = column.index
            continue
        match = _match(column, vocabulary, lexicon, title) or _match_plainer(column, vocabulary, lexicon, title)
        if match is None:
            (mapping.unknown if cores else []).append(column)
        else:
            found.append(match)
    found = span_from_neighbours([*found, *_named_by_title(mapping, found, title)], vocabulary)
    _keep_best(found, mapping)
    return mapping


def _named_by_title(mapping: Mapping, found: list[Match], title: str) -> list[Match]:
    """A bare 金额, and with it a bare 时间, under a title that says of what: 放款明细 makes them 放款金额 and 放款时间."""
    vocabulary = mapping.vocabulary
    spec = _amount_named_in(title, vocabulary)
    amount = next((one for one in mapping.unknown if one.cores in BARE_AMOUNTS), None)
    if spec is None or amount is None or spec.name in {match.spec.name for match in found}:
        return []
    named = [Match(amount, spec, CONTAINED, amount.cores[-1])]
    days = {
        known: one
        for known, one in vocabulary.exact.items()
        if one.weight == "date" and known[:-2] in title and vocabulary.exact.get(known[:-2] + "金额") is spec
    }
    day = next((one for one in mapping.unknown if one.cores in BARE_DAYS), None)
    if days and day is not None:
        known = max(days, key=len)
        named.append(Match(day, days[known], CONTAINED, known))
    mapping.unknown = [one for one in mapping.unknown if one not in {match.column for match in named}]
    return named


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
    for key, match in tuple(best.items()):
        whole = best.get((match.spec.name, "", match.prior, match.bank))
        if whole is not None and whole is not match and not match.spec.periodic:
            mapping.doubled.append(best.pop(key).column)  # 本月放款 beside 累计放款 is part of it
    mapping.matches.extend(sorted(best.values(), key=lambda match: match.index))


def _under_one_heading(left: Match, right: Match) -> bool:
    """Whether two columns share one merged heading and their texts may stand together."""
    joined = left.column.levels == right.column.levels and right.index == max((left.index, *left.more)) + 1
    return joined and left.spec.weight == "other" and left.spec.kind.name in {"text", "long_text"}


def _match_plainer(column: Column, vocabulary: Vocabulary, lexicon: Lexicon, title: str) -> Match | None:
    """By the heading without its numbering and explanations."""
    levels = tuple(plainer(level) for level in column.levels)
    if levels == column.levels or not levels[-1]:
        return None
    match = _match(replace(column, levels=levels), vocabulary, lexicon, title)
    return replace(match, column=column) if match else None


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
    return loosely(column, tuple(dict.fromkeys((leaf, joined) if own.rest else (joined,))), vocabulary)


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
