"""Whose papers these are: the office's name, the word its numbers begin with, whom to call, the time limits it sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.db.settings import read_settings
from chain_office.queries.handover import limit_days
from chain_office.queries.light_rules import problem_rules
from chain_office.services.packs import SYSTEM_FONTS
from chain_office.services.papers.release import PHONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

LETTERS: Final[Mapping[str, str]] = {"交办单": "交", "催办函": "催", "督办通报": "督", "销号单": "销"}
"""Kind of paper → what follows the office's own word in its number (有色交, 有色催)."""
_EMPTY_WORDS: Final = re.compile(r"^(?:[^市县]{1,6}[市县])?(?:先进|现代|新型|高端|智能|绿色|优质|特色)*")
_CYCLE_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as its papers name it. ``word``: 有色 of 有色交〔2020〕3号. ``contact``: whom to call, in words.
    ``object_days``, ``co_days``, ``ask_days``: working days of objecting, of a co-unit's answer, of asking for more time."""

    office: str
    chain: str
    word: str
    contact: str
    phone: str
    sample: bool
    system_fonts: bool
    object_days: int | None
    co_days: int | None
    ask_days: int | None
    cycle_days: int

    @property
    def contact_line(self) -> str:
        """张三　0734-8866001; room to write where the settings name nobody."""
        known = "　".join(part for part in (self.contact, PHONE if self.phone else "") if part)
        return known or "（联系人未登记）"

    @property
    def call(self) -> str:
        """联系人：张三　0734-8866001。; "" where nobody is named."""
        return f"联系人：{self.contact_line}。" if self.contact or self.phone else ""


def letterhead(ledger: Ledger) -> Letterhead:
    """Read it from the settings."""
    kept = read_settings(ledger)
    chain = kept.get("chain") or "产业链"
    cycle = next((rule.limit for rule in problem_rules(ledger) if rule.condition == "days_without_update"), 0)
    return Letterhead(
        office=kept.get("office") or f"{chain}推进办公室",
        chain=chain,
        word=kept.get("paper_word") or default_word(chain),
        contact=kept.get("contact", ""),
        phone=kept.get("contact_phone", ""),
        sample=kept.get("sample") == "true",
        system_fonts=kept.get(SYSTEM_FONTS) == "true",
        object_days=limit_days(ledger, "对交办提出异议"),
        co_days=limit_days(ledger, "协办单位反馈"),
        ask_days=limit_days(ledger, "延期申请提前"),
        cycle_days=cycle or _CYCLE_DAYS,
    )


def default_word(chain: str) -> str:
    """有色金属及新型合金产业链 → 有色; 新型能源及电力装备产业链 → 能源."""
    bare = chain.strip()
    return (_EMPTY_WORDS.sub("", bare) or bare)[:2] or "产业"
