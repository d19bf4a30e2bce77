"""定稿: a paper is frozen when it is issued, kept byte for byte, and the next one can say what moved since."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db import attachments
from chain_office.db.models import IssuedPack, record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.workflow import STATES
from chain_office.queries import issued
from chain_office.queries.issued import Issued
from chain_office.queries.projects import STAGES
from chain_office.services import figures
from chain_office.services.packing.facts import gather
from chain_office.services.packing.frozen import freeze, from_text, places_of, value_text, with_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Figure
    from chain_office.reports.marks import Place
    from chain_office.services.packing.facts import Facts
    from chain_office.services.packing.frozen import Frozen, FrozenProblem, FrozenProject
    from chain_office.services.packs import PackOrder, PrintedPack

__all__ = [
    "WORDS",
    "Issued",
    "Move",
    "Moved",
    "Opened",
    "issue",
    "issued_packs",
    "open_pack",
    "read_pdf",
    "since",
    "take_back",
]

NEW, MOVED, RED, SOLVED, SLIPPED, FIGURE, RESTATED = "new", "moved", "red", "solved", "slipped", "figure", "restated"
WORDS: Final = {
    RED: "新转红", SLIPPED: "推迟", NEW: "新增", MOVED: "有进展", SOLVED: "办结", FIGURE: "数字变化", RESTATED: "上次数有改动",
}  # fmt: skip
"""What a move is called; the most pressing first."""
LIGHTS: Final = {
    RED: "red", SLIPPED: "amber", NEW: "", MOVED: "blue", SOLVED: "green", FIGURE: "", RESTATED: "amber",
}  # fmt: skip
_TOLD: Final = (
    "enterprises.total",
    "finance.granted_yuan",
    "finance.drawn_yuan",
    "output.total_yuan",
    "output.yoy_percent",
)
"""Headline figures whose change since the last paper is told by itself; the others are told by their records."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that moved: how (a key of WORDS), what (``page`` and ``reference`` open it), from what to what."""

    kind: str
    page: str
    reference: str
    name: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Everything that moved between an issued paper and a date."""

    last: Issued
    as_of: date
    moves: tuple[Move, ...]

    def count(self, kind: str) -> int:
        """How many moved in that way."""
        return sum(1 for one in self.moves if one.kind == kind)


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
    same = sum(1 for one in issued.issued_packs(ledger) if one.kind == order.kind and one.as_of == order.day)
    if same:
        name = name.replace(".pdf", f"-第{same + 1}稿.pdf")
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
        else tuple(_valued(one, frozen.figures[one.key]) for one in known if one.key in frozen.figures)
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
    before = None if last is None else from_text(issued.frozen_text(ledger, last.id))
    if last is None or before is None:
        return None
    facts = gather(ledger, as_of)
    now = freeze(facts)
    moves = [
        *_problems(facts, before, now),
        *_projects(facts, before, now),
        *_figures(facts, before),
        *_restated(ledger, last.as_of, before),
    ]
    order = list(WORDS)
    return Moved(last, as_of, tuple(sorted(moves, key=lambda one: order.index(one.kind))))


def _problems(facts: Facts, before: Frozen, now: Frozen) -> Iterator[Move]:
    for one in facts.problems:
        old, new = before.problems.get(one.id), now.problems[one.id]
        for kind, was, is_ in _problem_moves(old, new):
            number = record_number("problem", one.number)
            yield Move(kind, "problems", f"problem:{one.id}", f"{number} {one.unit}", one.text, was, is_)


def _problem_moves(old: FrozenProblem | None, new: FrozenProblem) -> Iterator[tuple[str, str, str]]:
    state = STATES[new.state].label
    if old is None:
        yield NEW, "", state
    elif old.state != new.state:
        was = STATES[old.state].label if old.state in STATES else old.state
        yield (SOLVED if STATES[new.state].bucket in {"closed", "solved_on_site"} else MOVED), was, state
    if new.overdue and (old is None or not old.overdue):
        yield RED, "" if old is None else "未逾期", f"逾期，时限 {new.deadline}"
    if old is not None and old.deadline and new.deadline > old.deadline:
        yield SLIPPED, old.deadline, new.deadline


def _projects(facts: Facts, before: Frozen, now: Frozen) -> Iterator[Move]:
    for one in facts.projects:
        for kind, was, is_ in _project_moves(before.projects.get(one.id), now.projects[one.id]):
            number = record_number("project", one.number)
            yield Move(kind, "projects", f"project:{one.id}", f"{number} 项目", one.name, was, is_)


def _project_moves(old: FrozenProject | None, new: FrozenProject) -> Iterator[tuple[str, str, str]]:
    stage = STAGES[new.stage]
    if old is None:
        yield NEW, "", stage
        return
    if old.stage != new.stage:
        yield (SOLVED if new.stage == "completed" else MOVED), STAGES.get(old.stage, old.stage), stage
    if new.light == "red" and old.light != "red":
        yield RED, "未亮红灯", "红灯"
    if old.plan_finish and new.plan_finish > old.plan_finish:
        yield SLIPPED, f"计划竣工 {old.plan_finish}", new.plan_finish


def _figures(facts: Facts, before: Frozen) -> Iterator[Move]:
    for key in _TOLD:
        found = facts.headline[key]
        if _text(found) != before.figures.get(key, _text(found)):
            yield _figure_move(FIGURE, found, before.figures.get(key))


def _restated(ledger: Ledger, day: date, before: Frozen) -> Iterator[Move]:
    """Figures of the paper's own date that the ledger now gives otherwise."""
    for found in figures.headline(ledger, day).figures:
        if found.key in before.figures and _text(found) != before.figures[found.key]:
            yield _figure_move(RESTATED, found, before.figures[found.key])


def _text(figure: Figure) -> str | None:
    return None if figure.value is None else value_text(figure.value)


def _figure_move(kind: str, found: Figure, before: str | None) -> Move:
    was = figures.shown(_valued(found, before))
    page = found.key.split(".", maxsplit=1)[0]
    label = found.label if kind == FIGURE else f"{found.label}（{found.as_of.isoformat()}）"
    return Move(kind, page, f"figure:{found.key}", label, "", was, figures.shown(found))


def _valued(found: Figure, text: str | None) -> Figure:
    """The figure with another value."""
    if text is None:
        return replace(found, value=None)
    if found.unit == "%":
        return replace(found, value=Decimal(text))
    return replace(found, value=int(text) if found.unit else text)
