"""What forms that came back would do: plain frozen data for the window and the command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from chain_office.domain.steps import StepEdit, Taken

READY, CONFLICT, FAULTY, SAME, BLANK, ADDED = "ready", "conflict", "faulty", "same", "blank", "added"
VERDICTS: Mapping[str, str] = {
    READY: "可接受",
    CONFLICT: "有冲突",
    FAULTY: "有问题",
    ADDED: "新增的行",
    SAME: "已登记过",
    BLANK: "没有填写",
}
"""What may be said of a line, the most urgent for a person first."""
ACCEPTABLE = frozenset({READY, CONFLICT})


@dataclass(frozen=True, slots=True)
class Change:
    """Something the form would change: what it is called, how it stands, how it would."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form's line as proposed steps. ``id`` stays while the file does. ``since``: what was done on the problem since the
    form left. ``faults``: why it cannot be accepted. ``notes``: what should be looked at. ``accept``: fields whose warnings
    are among the notes. ``seen``: the number of the last step when it was planned. ``left``: the one the form left with,
    None if not told. ``values``: the line's own words, by key, for who wants to type it in."""

    id: str
    file: int
    place: str
    verdict: str
    record_no: str = ""
    problem_id: str = ""
    enterprise: str = ""
    text: str = ""
    unit_id: str = ""
    unit: str = ""
    role: str = ""
    state: str = ""
    seen: int = 0
    left: int | None = None
    steps: tuple[StepEdit, ...] = ()
    said: str = ""
    """The steps in words ("签收、部分解决")."""
    changes: tuple[Change, ...] = ()
    since: tuple[Taken, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    accept: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormRead:
    """A file as it was read. ``refused``: why it could not be, and what to do; "" for a form."""

    path: Path
    title: str
    refused: str
    digest: str
    size: int
    lines: int

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class FeedbackPlan:
    """All files and their lines in order."""

    files: tuple[FormRead, ...]
    proposals: tuple[Proposal, ...]

    def of(self, *verdicts: str) -> Iterator[Proposal]:
        """The lines of which this is said."""
        return (one for one in self.proposals if one.verdict in verdicts)

    def count(self, verdict: str, file: int | None = None) -> int:
        """How many lines of one file or of all."""
        return sum(one.verdict == verdict and file in {None, one.file} for one in self.proposals)

    @property
    def refused(self) -> int:
        """Files that could not be read or are no form."""
        return sum(bool(one.refused) for one in self.files)
