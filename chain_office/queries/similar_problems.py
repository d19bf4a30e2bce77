"""Earlier problems that read like this one: neighbouring characters in common, the rarer the more they say.

The search index knows which records hold a pair of characters. Of each pair only so many of the newest records are looked
up; a pair that has more is common and says little. What comes nearest is then compared by its own text.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.db.search import fold
from chain_office.db.searchable import TEXTS
from chain_office.domain.text_overlap import pairs, shared_words
from chain_office.domain.workflow import STATES, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger

_KIND: Final = next(one.kind for one in TEXTS if one.table == "problem")
_MOST_PAIRS: Final = 48
_LOOKED_UP: Final = 400
"""Records looked up for one pair; more of them make the pair common."""
_COMPARED: Final = 80
_BATCH: Final = 400
_LEAST: Final = 0.12
_LEAST_BY_WORDS: Final = 0.08
"""Being of the same firm or category alone makes nothing alike."""
_SAME_FIRM, _SAME_CATEGORY, _SAME_SEGMENT = 0.12, 0.08, 0.04


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier problem like this one: how like (0 to 1), the words both have, what else they share, how it ended."""

    id: str
    number: int
    score: float
    words: tuple[str, ...]
    shares: tuple[str, ...]
    enterprise: str
    text: str
    state: str
    unit: str
    outcome: str
    same_firm: bool

    @property
    def title(self) -> str:
        """What people call it."""
        return record_number("problem", self.number)

    @property
    def state_word(self) -> str:
        """Its state as people call it."""
        return STATES[self.state].label


@dataclass(frozen=True, slots=True)
class About:
    """What is looked for: a text, and what the problem belongs to as far as that is known. ``beside``: a problem that is
    left out (itself)."""

    text: str
    enterprise_id: str | None = None
    category_id: str | None = None
    segment_id: str | None = None
    beside: str = ""


def similar_to(ledger: Ledger, problem_id: str, most: int = 6) -> tuple[Similar, ...]:
    """Problems like this one, the likest first."""
    rows = ledger.rows(
        "SELECT p.text, coalesce(p.demand, ''), p.enterprise_id, p.category_id, e.segment_id FROM problem p "
        "LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE p.id = ?",
        (problem_id,),
    )
    if not rows:
        return ()
    text, demand, firm, category, segment = rows[0]
    return similar(ledger, About(f"{text}\n{demand}", firm, category, segment, problem_id), most)


def similar(ledger: Ledger, about: About, most: int = 6) -> tuple[Similar, ...]:
    """Problems whose text is like this, the likest first."""
    wanted = list(pairs(about.text))[:_MOST_PAIRS]
    if not wanted:
        return ()
    total = max(2, int(ledger.value("SELECT next_no FROM search_state") or 2))
    rarity: dict[str, float] = {}
    nearness: dict[int, float] = {}
    for pair in wanted:
        found = ledger.rows(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?",
            (f'"{fold(pair)}"', _LOOKED_UP),
        )
        weight = rarity[pair] = math.log(1 + total / (1 + len(found))) if found else math.log(1 + total)
        for (number,) in found:
            nearness[number] = nearness.get(number, 0.0) + weight
    near = sorted(nearness, key=lambda number: (-nearness[number], -number))
    return _compared(ledger, about, rarity, _problems(ledger, near, about.beside), most)


def _problems(ledger: Ledger, numbers: Sequence[int], beside: str) -> list[str]:
    """The problems among these documents, in their order, so many as are compared."""
    found: list[str] = []
    for start in range(0, min(len(numbers), 8 * _BATCH), _BATCH):
        rows = dict(
            ledger.rows(
                "SELECT d.no, CASE typeof(d.row_id) WHEN 'blob' THEN lower(hex(d.row_id)) ELSE d.row_id END "
                "FROM json_each(?) j JOIN search_doc d ON d.no = j.value AND d.kind = ?",
                (json.dumps(numbers[start : start + _BATCH]), _KIND),
            )
        )
        found += [rows[no] for no in numbers[start : start + _BATCH] if no in rows and rows[no] != beside]
        if len(found) >= _COMPARED:
            break
    return found[:_COMPARED]


def _compared(
    ledger: Ledger, about: About, rarity: Mapping[str, float], ids: Iterable[str], most: int
) -> tuple[Similar, ...]:
    rows = ledger.rows(
        """
        SELECT p.id, coalesce(p.number, 0), p.text, coalesce(p.demand, ''), p.enterprise_id,
               coalesce(nullif(e.short_name, ''), e.name, ''), p.category_id, e.segment_id, p.state,
               coalesce(nullif(u.short, ''), u.name, '')
          FROM json_each(?) j JOIN problem p ON p.id = j.value AND p.deleted_at IS NULL
          LEFT JOIN enterprise e ON e.id = p.enterprise_id LEFT JOIN unit u ON u.id = p.lead_unit_id
        """,
        (json.dumps(list(ids)),),
    )
    whole = sum(rarity.values())
    found: list[Similar] = []
    for row_id, number, text, demand, firm_id, firm, category, segment, state, unit in rows:
        same = pairs(f"{text}\n{demand}").keys() & rarity.keys()
        score = sum(rarity[pair] for pair in same) / whole
        if score < _LEAST_BY_WORDS:
            continue
        shares = []
        for told, mine, theirs, more in (
            ("同一企业", about.enterprise_id, firm_id, _SAME_FIRM),
            ("同类", about.category_id, category, _SAME_CATEGORY),
            ("同一环节", about.segment_id, segment, _SAME_SEGMENT),
        ):
            if mine is not None and mine == theirs:
                shares.append(told)
                score += more * (1 - score)
        if score >= _LEAST:
            words = shared_words(about.text, same, rarity)
            found.append(
                Similar(
                    row_id, number, round(score, 4), words, tuple(shares), firm, text, state, unit, "",
                    firm_id is not None and firm_id == about.enterprise_id,
                )
            )  # fmt: skip
    found.sort(key=lambda one: (-one.score, -one.number, one.id))
    return _with_outcomes(ledger, found[:most])


def _with_outcomes(ledger: Ledger, found: list[Similar]) -> tuple[Similar, ...]:
    """How each came out: its last step that decided something, in words."""
    rows = ledger.rows(
        """
        SELECT e.problem_id, e.kind, coalesce(e.day, ''), coalesce(e.reason, e.text, ''), coalesce(p.progress, ''),
               coalesce(p.satisfaction, ''), coalesce(p.reason, '')
          FROM json_each(?) j JOIN problem p ON p.id = j.value
          JOIN problem_event e ON e.problem_id = p.id AND e.deleted_at IS NULL
           AND e.seq = (SELECT max(z.seq) FROM problem_event z WHERE z.problem_id = p.id AND z.deleted_at IS NULL)
        """,
        (json.dumps([one.id for one in found]),),
    )
    told = {
        problem: _outcome(kind, day, said, progress, satisfaction, why)
        for problem, kind, day, said, progress, satisfaction, why in rows
    }
    return tuple(
        Similar(
            one.id, one.number, one.score, one.words, one.shares, one.enterprise, one.text, one.state, one.unit,
            told.get(one.id, ""), one.same_firm,
        )
        for one in found
    )  # fmt: skip


def _outcome(kind: str, day: str, said: str, progress: str, satisfaction: str, why: str) -> str:
    """What was done in the end: the reason it was not taken up, the progress of what was, what the enterprise said."""
    last = f"{day} {VERBS[kind].told}".strip() if kind in VERBS else ""
    what = why or progress if kind not in VERBS else (progress or said or why)
    return "　".join(part for part in (last, what, satisfaction and f"企业{satisfaction}") if part)
