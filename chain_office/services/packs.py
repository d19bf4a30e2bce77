"""Briefing packs: the figures of one date, balanced, written out and printed."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from chain_office.db.settings import read_settings
from chain_office.domain.contacts import mask_phones_in_text
from chain_office.domain.errors import KnownError
from chain_office.domain.figures import Figure
from chain_office.reports.content import Link, PackContent, chinese_date
from chain_office.reports.marks import Place, through_words
from chain_office.services import reconciling
from chain_office.services.packing import (
    balances,
    definitions,
    finance,
    next_steps,
    operation,
    problems,
    projects,
    shortcomings,
    since,
    visits,
)
from chain_office.services.packing.facts import gather
from chain_office.services.packing.frozen import freeze, to_text

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.services.packing.facts import Facts
    from chain_office.services.reconciling import Broken

__all__ = [
    "KINDS", "SYSTEM_FONTS", "PackOrder", "Place", "PrintedPack", "balanced", "failed_balances", "make_pack", "masked",
    "order_pack", "pack_content", "print_pack", "set_pack",
]  # fmt: skip

KINDS: Final = ("调度会",)
SYSTEM_FONTS: Final = "system_fonts"
"""Setting: "true" puts the machine's own faces before the bundled ones; a pack then looks as that machine's faces do."""
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class PrintedPack:
    """The PDF, the characters no face had (they stand as 〓, and whoever asked for the pack is to be told), and where on
    its pages stands what can be opened."""

    data: bytes
    missing: tuple[str, ...]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PackOrder:
    """A pack read from the ledger and ready to be set anywhere: in this process or in the workshop's. ``frozen``: what
    it freezes when it is issued."""

    kind: str
    day: date
    content: PackContent
    system_fonts: bool
    frozen: str = ""


def make_pack(ledger: Ledger, day: date, *, kind: str = "调度会") -> bytes:
    """The PDF. The same ledger at the same date gives the same bytes. Raises :class:`KnownError`."""
    return print_pack(ledger, day, kind=kind).data


def print_pack(ledger: Ledger, day: date, *, kind: str = "调度会") -> PrintedPack:
    """The PDF with what it could not set."""
    return set_pack(order_pack(ledger, day, kind=kind))


def order_pack(ledger: Ledger, day: date, *, kind: str = "调度会") -> PackOrder:
    """All that is needed of the ledger to set the pack. Raises :class:`KnownError` where the figures do not agree."""
    chosen = read_settings(ledger).get(SYSTEM_FONTS) == "true"
    facts = balanced(ledger, day, kind)
    return PackOrder(kind, day, masked(_meeting(ledger, facts, kind)), chosen, to_text(freeze(facts)))


def set_pack(order: PackOrder) -> PrintedPack:
    """Set and print it; needs no ledger."""
    from chain_office.reports.fonts import FontBook, system_font_folders  # these bring reportlab
    from chain_office.reports.pack import set_pack as set_content

    book = FontBook(system=system_font_folders() if order.system_fonts else ())
    data, places = set_content(order.content, book)
    return PrintedPack(data, tuple(sorted(book.missing)), places)


def failed_balances(ledger: Ledger, day: date) -> tuple[Broken, ...]:
    """The reconciliations that fail at that date: no paper is made while one does."""
    return _failed(ledger, gather(ledger, day))


def _failed(ledger: Ledger, facts: Facts) -> tuple[Broken, ...]:
    """Of the ledger's figures and of the paper's own tables, each said once."""
    found = (*reconciling.broken(ledger, facts.day, slow=False), *balances.failures(facts))
    return tuple({one.text: one for one in found}.values())


def pack_content(ledger: Ledger, day: date, *, kind: str = "调度会") -> PackContent:
    """What the pack says, balances checked, phones masked."""
    return masked(_meeting(ledger, balanced(ledger, day, kind), kind))


def balanced(ledger: Ledger, day: date, kind: str) -> Facts:
    """Everything a pack says, once its balances hold. Raises :class:`KnownError`."""
    if kind not in KINDS:
        raise KnownError(f"没有“{kind}”这种材料，现有：{'、'.join(KINDS)}。")
    facts = gather(ledger, day)
    balances.require(_failed(ledger, facts))
    return facts


def _meeting(ledger: Ledger, facts: Facts, kind: str) -> PackContent:
    compared = since.compared(ledger, facts, kind)
    annexes = (problems.annex(facts), finance.annex(facts), projects.annex(facts), definitions.annex(facts))
    return PackContent(
        masthead="产业链调度会材料",
        title=f"{facts.office.chain}\n推进工作情况汇报",
        office=facts.office.name,
        issued=facts.day,
        as_of=facts.day,
        opening=(f"现将截至{chinese_date(facts.day)}的推进工作情况汇报如下。",),
        sections=(
            *(() if compared is None else (since.section(facts, *compared),)),
            operation.section(facts),
            visits.section(facts),
            problems.section(facts),
            finance.section(facts),
            projects.section(facts),
            shortcomings.section(facts),
            next_steps.section(facts),
            *(annex for annex in annexes if annex is not None),
        ),
        sample=facts.office.sample,
        figures=facts.headline.figures,
    )


def masked(part: Part) -> Part:
    """A content with the telephone numbers in all of its texts masked."""
    return _masked(part)  # type: ignore[no-any-return]


def _masked(part: Any) -> Any:
    if isinstance(part, str):
        return through_words(part, mask_phones_in_text)
    if isinstance(part, Link | Figure):
        return part
    if isinstance(part, tuple):
        return tuple(map(_masked, part))
    if is_dataclass(part) and not isinstance(part, type):
        changed = {field.name: _masked(getattr(part, field.name)) for field in fields(part) if field.init}
        return replace(part, **changed)
    return part
