"""Steps as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.steps import Taken
from chain_office.domain.walking import told
from chain_office.domain.workflow import OPENING, VERBS
from chain_office.queries.steps import events
from chain_office.services.steps.shapes import ANSWER, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.db.ledger import Ledger
    from chain_office.queries.steps import EventRow


REGISTERED = "登记"
"""What the first step of a problem typed into a form says."""


def history(ledger: Ledger, problem_id: str) -> tuple[Taken, ...]:
    """Every step of a problem, the first one first."""
    return since(ledger, problem_id, 0)


def since(ledger: Ledger, problem_id: str, seq: int) -> tuple[Taken, ...]:
    """The steps behind that number."""
    return tuple(_taken(row) for row in events(ledger, problem_id, seq))


def _label(row: EventRow) -> str:
    """A problem somebody registered was not taken over from a book."""
    return REGISTERED if row.kind == OPENING and row.texts["text"] == REGISTERED else told(row.kind)


def _asked(kind: str) -> Iterable[tuple[str, str]]:
    """The questions a step may answer. What a book's closing keeps there only says that the book called it verified."""
    return QUESTIONS.items() if kind in VERBS else ()


def _taken(row: EventRow) -> Taken:
    texts = row.texts
    details = [(label, ANSWER.format(texts[name])) for name, label in _asked(row.kind) if texts[name]]
    if row.understood is not None:
        details.append(("企业知晓", "是" if row.understood else "否"))
    if texts["next_step"]:
        details.append(("下一步措施", texts["next_step"]))
    if row.meeting:
        details.append(("交办会", row.meeting))
    return Taken(
        row.id, row.seq, row.kind, _label(row), row.day, row.state, row.unit, texts["actor"], texts["text"],
        texts["reason"], row.due_day, texts["method"], texts["contact"], texts["rating"], tuple(details),
    )  # fmt: skip
