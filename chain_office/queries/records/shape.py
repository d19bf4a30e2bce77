"""What a record's page shows: a form in sections, lists of what hangs on it, and who changed what when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a form. ``label`` "": a text over the whole width. ``light``: "red", "amber", "green", "blue",
    "grey" or "". ``secret``: what ``text`` hides until it is asked for. ``page`` and ``reference``: where a click goes."""

    label: str
    text: str
    light: str = ""
    secret: str = ""
    page: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its cells, a light on the last one, and where a click on it goes. ``secret``: the cell that
    is hidden in ``cells`` and what it says. ``edits``: the part of the record the line shows ("drawdown:<id>"), which a
    form can change; "" for a line that is not one."""

    cells: tuple[str, ...]
    light: str = ""
    page: str = ""
    reference: str = ""
    secret: tuple[int, str] | None = None
    edits: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated step on a timeline: ``what`` was done, ``who`` did it (the unit), ``by`` whom. ``heading``: what begins with
    it ("第 2 轮"). ``part``: the row it is ("problem_event:<id>"), on which files hang (their ids and names); "" for one
    that was worked out. ``later``: it had not happened yet at the cut-off day. ``last``: nothing came after it, so that
    it can be corrected or taken back."""

    day: str
    what: str
    light: str = ""
    who: str = ""
    by: str = ""
    items: tuple[Item, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    part: str = ""
    later: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture hung on the record, shown small: the attachment's id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: items, then a table. ``right``: columns of numbers. ``note``: said in small print below;
    a click on it goes to ``page`` and ``reference`` where they are given. ``adds``: the tables whose records the
    section lists and a form can add to ("credit drawdown"), "" for none. ``moments``: a timeline, the oldest first.
    ``pictures``: shown small below the rest."""

    title: str
    items: tuple[Item, ...] = ()
    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    right: frozenset[int] = frozenset()
    note: str = ""
    page: str = ""
    reference: str = ""
    adds: str = ""
    moments: tuple[Moment, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field. ``what``: the field's label, or what happened to the record. ``no``: its place in the
    ledger's history, by which 恢复此次修改 takes it back; 0 for one that cannot be taken back alone."""

    at: str
    actor: str
    reason: str
    what: str
    before: str
    after: str
    no: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is read: ``status`` is the word beside its title, coloured by ``light``."""

    page: str
    reference: str
    number: str
    title: str
    status: str
    light: str
    sections: tuple[Section, ...]
    changes: tuple[Change, ...]
    binned: bool = False
