"""Which desk a table belongs to: by the headings only that desk knows, then by the words of its title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.exchange.columns import map_columns
from chain_office.exchange.matches import STRENGTH, Mapping
from chain_office.exchange.rows import IDENTITIES

if TYPE_CHECKING:
    from chain_office.domain.specs import DeskSpec, FieldSpec
    from chain_office.exchange.headblock import Column
    from chain_office.exchange.vocabulary import Lexicon

STAND_INS = (("text", "demand"),)
COUNTED = re.compile(r"(?:数|个数|家数|户数|件数|数量|率|占比|比重|排名|得分)$")
WEIGHTS = {"key": 1.0, "amount": 1.5, "date": 1.2, "other": 1.0}


def choose_desk(columns: tuple[Column, ...], words: Lexicon, title: str, sheet: str) -> Mapping | str:
    """The columns as the best desk reads them, or why no desk does."""
    best: tuple[float, Mapping] | None = None
    nearest: tuple[float, Mapping] | None = None
    for vocabulary in words.vocabularies:
        mapping = map_columns(columns, vocabulary, words, f"{title} {sheet}")
        _stand_in(mapping)
        score = _score(mapping, words) + _title_bonus(vocabulary.desk, title, sheet)
        if not _can_stand(mapping, vocabulary.desk, f"{title} {sheet}", words):
            nearest = (score, mapping) if nearest is None or score > nearest[0] else nearest
            continue
        if best is None or score > best[0]:
            best = (score, mapping)
    if best and nearest and nearest[0] > 2 * best[0] and 2 * len(best[1].matches) < len(columns):
        best = None  # far more like a table that lacks its key than like this one
    return best[1] if best else _why_not(columns, nearest)


def _stand_in(mapping: Mapping) -> None:
    """A list of 诉求 without a column 存在问题 says what the problem is in that column."""
    for key, other in STAND_INS:
        names = mapping.names()
        if key in names or other not in names or not any(spec.name == key for spec in mapping.vocabulary.desk):
            continue
        spec = mapping.vocabulary.desk.field(key)
        mapping.matches = [replace(one, spec=spec) if one.spec.name == other else one for one in mapping.matches]


def _score(mapping: Mapping, words: Lexicon) -> float:
    total = 0.0
    for match in mapping.matches:
        total += STRENGTH[match.how] * WEIGHTS[match.spec.weight] * (0.3 + 0.7 * words.rarity(match.words))
    return total


def _title_bonus(desk: DeskSpec, title: str, sheet: str) -> float:
    said = [word for word in desk.titles if word in title or word in sheet]
    return min(sum(0.5 + 0.25 * len(word) for word in said), 3.0)


def _can_stand(mapping: Mapping, desk: DeskSpec, title: str, words: Lexicon) -> bool:
    """Whether a desk can keep such rows: they name who or what they are about, and say something the desk keeps."""
    names = mapping.names()
    keys = [spec.name for spec in desk if spec.weight == "key"]
    if not keys:
        return False
    identified = bool(names & IDENTITIES) or keys[0] in names
    if not identified or not ("record_no" in names or all(key in names for key in keys)):
        return False
    own = [match for match in mapping.matches if _is_own(match.spec, desk, words)]
    if own:
        return True
    named = any(word in title for word in desk.titles)
    others = len(names - set(keys))
    return named and others > 0 if len(keys) == 1 and not _is_register(desk, words) else named or others > 0


def _is_register(desk: DeskSpec, words: Lexicon) -> bool:
    """Whether a desk is the one whose records others refer to: the only one whose key no other desk has."""
    key = next(spec.name for spec in desk if spec.weight == "key")
    return key == "name" and any("enterprise" in {spec.name for spec in one.desk} for one in words.vocabularies)


def _is_own(spec: FieldSpec, desk: DeskSpec, words: Lexicon) -> bool:
    """Whether a field tells its desk from the others: no other desk has one of that name, and it is no identity."""
    if spec.name in IDENTITIES or (spec.weight == "key" and spec.name in {"enterprise"}):
        return False
    if spec.weight in {"amount", "date"}:
        return True
    return not any(
        spec.name in {other.name for other in one.desk} for one in words.vocabularies if one.desk.id != desk.id
    )


def _why_not(columns: tuple[Column, ...], nearest: tuple[float, Mapping] | None) -> str:
    titles = [column.title for column in columns]
    if sum(bool(COUNTED.search(title)) for title in titles) >= 2:
        return "像是汇总统计表，没有逐家逐项的行"
    if nearest is not None and nearest[0] >= 4:
        desk = nearest[1].vocabulary.desk
        missing = [spec.label for spec in desk if spec.weight == "key" and spec.name not in nearest[1].names()]
        if missing:
            return f"像是{desk.label}表，但没有“{'”“'.join(missing)}”这样的列，不知道每一行说的是谁"
    return f"表头（{'、'.join(titles[:6])}）不属于任何一本台账"
