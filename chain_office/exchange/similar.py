"""Headings no desk knows word for word: contained in, nearly written like, or mostly alike to one that it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.exchange.matches import CONTAINED, FUZZY, Match
from chain_office.exchange.slots import Slot, read_slot
from chain_office.exchange.vocabulary import CHANGING, HARMLESS, Vocabulary, meaning

if TYPE_CHECKING:
    from chain_office.domain.specs import FieldSpec
    from chain_office.exchange.headblock import Column


def loosely(column: Column, candidates: tuple[str, ...], vocabulary: Vocabulary) -> Match | None:
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
