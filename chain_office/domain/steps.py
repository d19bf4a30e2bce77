"""A step on a problem as a person asks for it and as it was taken: plain data between the services and whoever asks, the
window, a form that came back, or a command. Which steps there are stands in :mod:`chain_office.domain.workflow`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.domain.forms import Form, Option
    from chain_office.domain.workflow import Verb


@dataclass(frozen=True, slots=True)
class StepEdit:
    """One verb on one or several problems. ``seen``: problem id → the number (seq) of the last step the person saw; a
    problem that has gone on since is refused (:class:`Overtaken`). ``values`` by field name: ``day`` (date), ``actor``
    (who took the step; left out: who is at the keyboard), and the verb's needs and takes: ``unit_id``, ``co_units``
    (tuple of ids), ``due_day`` (date), ``text``, ``reason``, ``next_step``, ``method``, ``contact``, ``rating``,
    ``solved``/``answered``/``approached`` ("yes", "no", "partly"), ``understood`` (bool), ``owner``, ``owner_phone``,
    ``meeting_id``."""

    verb: str
    seen: Mapping[str, int]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step opened in a form: its fields with their kinds and words, what is filled in already, and what a person should
    know before (the light, the deadline it counts from). ``seen`` as in :class:`StepEdit`."""

    verb: Verb
    form: Form
    seen: Mapping[str, int]
    values: Mapping[str, object]
    links: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it stands in the ledger."""

    id: str
    seq: int
    kind: str
    label: str
    day: date | None
    state: str
    unit: str
    actor: str
    text: str
    reason: str
    due_day: date | None = None
    method: str = ""
    contact: str = ""
    rating: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """What else it says, as (label, text): the four questions, 企业知晓, 下一步措施."""


class Overtaken(KnownError):
    """Somebody took a step on the problem since it was read. ``problems``: their ids; ``since``: what was done meanwhile."""

    def __init__(self, message: str, problems: tuple[str, ...], since: tuple[Taken, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
        self.since = since


@dataclass(frozen=True, slots=True)
class Verdict:
    """One screener's answer to one criterion ("urgent", "feasible", "gov_can"): "yes", "no" or "pending"."""

    criterion: str
    verdict: str
    basis: str = ""
    officer: str = ""
    day: date | None = None
