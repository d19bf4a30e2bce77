"""定稿: a paper is frozen when it is issued, kept byte for byte, and the next one can say what moved since."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db import attachments
from chain_office.db.models import IssuedPack
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries import issued
from chain_office.queries.issued import Issued
from chain_office.services import figures
from chain_office.services.packing.facts import gather
from chain_office.services.packing.frozen import from_text, places_of, with_places
from chain_office.services.packing.moves import (
    EARLIER,
    FIGURE,
    LIGHTS,
    MOVED,
    NEW,
    RED,
    RESTATED,
    SLIPPED,
    SOLVED,
    WORDS,
    Move,
    Moved,
    between,
    valued,
)

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Figure
    from chain_office.reports.marks import Place
    from chain_office.services.packs import PackOrder, PrintedPack

__all__ = [
    "EARLIER", "FIGURE", "LIGHTS", "MOVED", "NEW", "RED", "RESTATED", "SLIPPED", "SOLVED", "WORDS", "Issued", "Move",
    "Moved", "Opened", "issue", "issued_packs", "open_pack", "read_pdf", "since", "take_back",
]  # fmt: skip

_DRAFT: Final = re.compile(r"-第(\d+)稿\.pdf$")


@dataclass(frozen=True, slots=True)
class Opened:
    """An issued paper opened again: its PDF, what can be opened from its pages, and its figures as they were."""

    pack: Issued
    data: bytes
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]


def issue(ledger: Ledger, order: PackOrder, printed: PrintedPack, actor: str) -> tuple[Saved, Issued]:
    """Freeze a paper as it was made: its figures as they stand in it and its PDF, byte for byte."""
    data = printed.data
    digest = hashlib.sha256(data).hexdigest()
    if any(one.sha256 == digest and one.attachment for one in issued.issued_packs(ledger)):
        raise KnownError("这份材料已经定稿过了，一个字节都没有变；在“已定稿”里可以打开它。")
    name = f"{order.kind}材料-截至{order.day.isoformat()}.pdf"
    draft = _next_draft(issued.names_given(ledger, order.kind, order.day))
    if draft > 1:
        name = name.replace(".pdf", f"-第{draft}稿.pdf")
    at = clock.stamp()
    frozen = with_places(order.frozen, printed.places)
    with ledger.write(actor, f"定稿 {name.removesuffix('.pdf')}") as writer:
        row_id = writer.insert(
            IssuedPack,
            {"kind": order.kind, "as_of": order.day, "at": at, "sha256": digest, "figures": frozen, "name": name},
        )
        attachment = attachments.attach(writer, IssuedPack, row_id, name, data)
    said = f"已定稿：{name.removesuffix('.pdf')}"
    made = Issued(row_id, order.kind, order.day, at, digest, name, attachment)
    return Saved(writer.write_no, "issued_pack", row_id, said), made


def _next_draft(names: tuple[str, ...]) -> int:
    """No two papers of a kind and day are ever called alike: a number once given stays with the paper it was given to,
    also when that was taken back."""
    given = (int(found[1]) if (found := _DRAFT.search(name)) else 1 for name in names)
    return max(given, default=0) + 1


def issued_packs(ledger: Ledger) -> tuple[Issued, ...]:
    """Every paper issued, newest first."""
    return issued.issued_packs(ledger)


def open_pack(ledger: Ledger, pack: Issued) -> Opened:
    """The paper as it was issued, with its figures as they stood in it."""
    text = issued.frozen_text(ledger, pack.id)
    frozen = from_text(text)
    known = figures.described(pack.as_of)
    told = (
        ()
        if frozen is None
        else tuple(valued(one, frozen.figures[one.key]) for one in known if one.key in frozen.figures)
    )
    return Opened(pack, read_pdf(ledger, pack), places_of(text), told)


def read_pdf(ledger: Ledger, pack: Issued) -> bytes:
    """The PDF as it was issued, byte for byte."""
    if not pack.attachment:
        raise KnownError(f"“{pack.name}”的 PDF 不在台账里了；请用备份恢复（restore）。")
    data = attachments.read(ledger, pack.attachment)
    if hashlib.sha256(data).hexdigest() != pack.sha256:
        raise KnownError(f"“{pack.name}”与定稿时不一致，没有打开；请用备份恢复（restore）。")
    return data


def take_back(ledger: Ledger, pack: Issued, actor: str) -> Saved:
    """An issued paper that should not count goes to the bin; later ones compare with the one before it."""
    with ledger.write(actor, f"撤回定稿 {pack.name}") as writer:
        writer.bin(IssuedPack, pack.id)
    return Saved(writer.write_no, "issued_pack", pack.id, f"已撤回定稿“{pack.name}”")


def since(ledger: Ledger, as_of: date, kind: str = "") -> Moved | None:
    """What moved since the paper issued last (of a kind) for a date up to ``as_of``; None without such a paper."""
    last = issued.last_issued(ledger, as_of, kind)
    return None if last is None else between(ledger, gather(ledger, as_of), last)
