"""What a basis may say, ready for typing: the office's own phrases by how often they were used, then the usual ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Option
from chain_office.domain.screening import USUAL_BASES, VERDICTS
from chain_office.queries.screening import bases
from chain_office.services.initials import initials_of

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_LONGEST_INITIALS = 12


def phrases(ledger: Ledger, criterion: str, verdict: str, category_id: str | None) -> tuple[Option, ...]:
    """Phrases for the basis of one verdict: those written with the same verdict first, of the same category before
    others, the most used before the seldom used. Pinyin initials find them."""
    used = sorted(bases(ledger, criterion, category_id), key=lambda one: one.verdict != verdict)
    out: dict[str, Option] = {}
    for one in used:
        told = "同类" if one.alike else ""
        other = "" if one.verdict == verdict else f"判“{VERDICTS.get(one.verdict, '未定')}”时"
        hint = " ".join(part for part in (other, told, f"用过 {one.times} 次") if part)
        out.setdefault(one.text, _option(one.text, hint))
    for text in USUAL_BASES.get(criterion, {}).get(verdict, ()):
        out.setdefault(text, _option(text, "常用"))
    return tuple(out.values())


def _option(text: str, hint: str) -> Option:
    return Option(text, text, hint, (initials_of(text[:_LONGEST_INITIALS]),))
