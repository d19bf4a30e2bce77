"""Open problems and candidates of several enterprises that read alike: what might be one 共性问题. Proposals only, with the
words they share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.text_overlap import pairs, shared_words
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.problems import STANDING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger

_STATES: Final = ("waiting", "pooled", "to_assign", "escalated", "reported", "parked", *OPEN_STATES)
_MOST: Final = 2000
"""The newest so many are compared with each other."""
_ALIKE: Final = 0.17
_SAME_CATEGORY: Final = 0.06
_COMMON_SHARE, _COMMON, _RARE = 0.1, 120, 8
"""A pair that more of the texts have than this share (at most so many, at least so few) says nothing about which belong
together."""
_LARGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Cluster:
    """Problems that read alike. ``words``: what they share, what says most first; ``issues``: the 共性 items some of them
    hang on already."""

    problems: tuple[str, ...]
    enterprises: int
    words: tuple[str, ...]
    category: str
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenText:
    """What is compared of a problem that is open or waits to be screened."""

    id: str
    number: int
    enterprise: str
    category: str
    issue: str
    text: str
    pairs: frozenset[str]


def clusters(ledger: Ledger, day: date) -> tuple[Cluster, ...]:
    """Groups of problems of two enterprises or more that are open or wait to be screened at ``day``: the largest first."""
    return grouped(open_texts(ledger, day))


def grouped(texts: Sequence[OpenText]) -> tuple[Cluster, ...]:
    """The groups among these texts. Needs no ledger: comparing takes longer than reading, and others may read meanwhile."""
    weight = _weights(texts)
    groups = _grouped(texts, weight)
    found = [_cluster(group, weight) for group in groups if len({one.enterprise for one in group}) > 1]
    return tuple(sorted(found, key=lambda one: (-one.enterprises, -len(one.problems), one.problems)))


def open_texts(ledger: Ledger, day: date) -> list[OpenText]:
    """The newest problems that are open or wait to be screened at ``day``, with their enterprises."""
    marks = ", ".join(f"'{state}'" for state in _STATES)
    joined = STANDING.replace(
        "WHERE",
        "LEFT JOIN category c ON c.id = p.category_id "
        "LEFT JOIN common_issue i ON i.id = p.common_issue_id AND i.deleted_at IS NULL WHERE",
        1,
    )
    rows = ledger.rows(
        "SELECT p.id, coalesce(p.number, 0), p.enterprise_id, coalesce(nullif(c.short, ''), c.name, ''), "
        f"coalesce(i.name, ''), p.text {joined} AND s.state IN ({marks}) AND p.enterprise_id IS NOT NULL "
        f"ORDER BY p.number DESC, p.id LIMIT {_MOST}",
        {"day": day.isoformat()},
    )
    return [
        OpenText(row_id, number, firm, category, issue, text, frozenset(pairs(text)))
        for row_id, number, firm, category, issue, text in rows
    ]


def _weights(texts: Sequence[OpenText]) -> dict[str, float]:
    """What each pair says: the rarer the more; one that too many have says nothing."""
    counted = Counter(pair for one in texts for pair in one.pairs)
    common = max(_RARE, min(_COMMON, len(texts) * _COMMON_SHARE))
    return {pair: math.log(len(texts) / number + 1) for pair, number in counted.items() if number <= common}


def _grouped(texts: Sequence[OpenText], weight: Mapping[str, float]) -> list[list[OpenText]]:
    """Join the likest first; a group takes in another only where all of both are on average alike, so that a chain of
    half-likenesses makes no group."""
    alike = _likenesses(texts, weight)
    group_of = list(range(len(texts)))
    groups = {at: [at] for at in group_of}
    for first, second in sorted(alike, key=lambda edge: (-alike[edge], edge)):
        mine, theirs = group_of[first], group_of[second]
        if mine == theirs or len(groups[mine]) + len(groups[theirs]) > _LARGEST:
            continue
        between = sum(alike.get((min(a, b), max(a, b)), 0.0) for a in groups[mine] for b in groups[theirs])
        if between / (len(groups[mine]) * len(groups[theirs])) < _ALIKE:
            continue
        for one in groups[theirs]:
            group_of[one] = mine
        groups[mine] += groups.pop(theirs)
    return [[texts[at] for at in members] for members in groups.values() if len(members) > 1]


def _likenesses(texts: Sequence[OpenText], weight: Mapping[str, float]) -> dict[tuple[int, int], float]:
    """Pairs of texts that are alike: the weight of what both have, of what the two have on average."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    whole = []
    for at, one in enumerate(texts):
        whole.append(sum(weight.get(pair, 0.0) for pair in one.pairs))
        for pair in one.pairs & weight.keys():
            holding[pair].append(at)
    both: defaultdict[tuple[int, int], float] = defaultdict(float)
    for pair, members in holding.items():
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                both[first, second] += weight[pair]
    found = {}
    for (first, second), said in both.items():
        likeness = 2 * said / (whole[first] + whole[second])
        if texts[first].category and texts[first].category == texts[second].category:
            likeness += _SAME_CATEGORY
        if likeness >= _ALIKE:
            found[first, second] = likeness
    return found


def _cluster(group: Sequence[OpenText], weight: Mapping[str, float]) -> Cluster:
    ordered = sorted(group, key=lambda one: (one.number, one.id))
    counted = Counter(pair for one in ordered for pair in one.pairs if pair in weight)
    most = {pair for pair, number in counted.items() if number * 2 > len(ordered)}
    categories = Counter(one.category for one in ordered if one.category)
    return Cluster(
        tuple(one.id for one in ordered),
        len({one.enterprise for one in ordered}),
        shared_words(ordered[0].text, most, weight),
        categories.most_common(1)[0][0] if categories else "",
        tuple(dict.fromkeys(one.issue for one in ordered if one.issue)),
    )
