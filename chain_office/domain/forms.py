"""What a form edits and what came of saving it: plain frozen data between the services and the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chain_office.domain.specs import FieldSpec


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. ``link``: the table whose row is chosen (its id is the value), "" for a plain value.
    ``required``: a record without it is refused. ``fixed``: only the spec's ``choices`` are accepted; otherwise they are
    offered and any other text is kept. ``many``: several rows of the linked table are chosen, the value is a tuple of
    their ids in the order they were chosen."""

    spec: FieldSpec
    link: str = ""
    required: bool = False
    fixed: bool = False
    many: bool = False

    @property
    def name(self) -> str:
        """The storage name; a link's ends in ``_id``."""
        return self.spec.name


@dataclass(frozen=True, slots=True)
class Form:
    """What can be edited of one table's records. ``noun``: what people call one ("走访记录"). ``owner``: the link field
    that says whose part a record is ("match_id" of a drawdown), "" for a record of its own."""

    table: str
    noun: str
    fields: tuple[FormField, ...]
    owner: str = ""

    def __iter__(self) -> Iterator[FormField]:
        return iter(self.fields)

    def field(self, name: str) -> FormField:
        """The field called ``name``; KeyError if the form has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Option:
    """A row a link may name: its id, what is shown, a second line or remark in small, and what typing is matched with
    besides the label: pinyin initials, 简称, other names, code."""

    id: str
    label: str
    hint: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record opened in a form: ``row_id`` "" for one not saved yet. ``version``: how much of its history was read (it only
    grows; 0 for a new one). ``values``: stored Python values by field name
    (dates, int 元, ids of links). ``links``: what the chosen rows are called, by field name. ``draft_key``: what a draft of
    it is kept under."""

    table: str
    row_id: str
    version: int
    title: str
    values: Mapping[str, object]
    links: Mapping[str, Option] = field(default_factory=dict)
    beside: Mapping[str, object] = field(default_factory=dict)
    """Values that are not typed here but needed to read what is (the hand-over day a deadline counts from)."""

    @property
    def draft_key(self) -> str:
        """The same record opened again has the same key."""
        return f"{self.table}:{self.row_id or 'new'}"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed: only the fields they touched. ``version``: the one they read; 0 for a new record."""

    table: str
    row_id: str
    version: int
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field ("" = with the record). ``stops`` False: pointed out, and saved when asked again."""

    name: str
    message: str
    stops: bool = True


class Faulty(KnownError):
    """A form that cannot be saved as it is, with a word for each field."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("；".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Clash:
    """A field two people changed: the values, and their texts as shown."""

    name: str
    label: str
    mine: object
    theirs: object
    original: object
    mine_text: str
    theirs_text: str
    original_text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A write that was committed: its number (what 撤销 takes back), the record, and a sentence for the status line."""

    write_no: int
    table: str
    row_id: str
    said: str


class Clashing(KnownError):
    """The record was saved by somebody else since it was read. ``clashes``: fields both changed; ``theirs``: the record as
    it stands now, to go on from (its version is the one to save over)."""

    def __init__(self, clashes: tuple[Clash, ...], theirs: Loaded) -> None:
        super().__init__("这条记录刚被别人改过，你的修改还没有保存；请对照后再保存。")
        self.clashes = clashes
        self.theirs = theirs
