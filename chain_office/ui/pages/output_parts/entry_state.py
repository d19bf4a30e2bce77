"""What was typed into a month's grid and is not saved yet, beside what is recorded: read, taken back, and told apart from what
somebody else wrote meanwhile. It knows no table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.output_entry import (
    AMOUNTS,
    FIELDS,
    Typed,
    amount_text,
    difference,
    edit_text,
    growth_text,
    lossless,
    proposed,
    read_cell,
    shown_text,
)
from chain_office.services.output.entering import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.output_entry import EntryLine, EntrySheet
    from chain_office.services.output.entering import Wrong

_STEPS: Final = 100
TYPED: Final = frozenset(FIELDS)
NAME, LAST, DIFFERENCE, RATE = "name", "last", "difference", "rate"
Place = tuple[str, str]
"""A cell: firm, field."""
Cells = dict[Place, Typed]


class EntryState:
    """One month. A unit only changes what is shown and how a bare number is read, never a value."""

    def __init__(self) -> None:
        self.sheet: EntrySheet | None = None
        self.by_firm: dict[str, EntryLine] = {}
        self.unit = ""
        self.source = ""
        self.read_only = True
        self.typed: Cells = {}
        self.moved: dict[Place, str] = {}
        """Cells somebody else changed since they were typed into, in words."""
        self.wrong: dict[str, Wrong] = {}
        """Firm → what the form's rules say of its line."""
        self._begun: dict[Place, object] = {}
        self._done: list[Cells] = []
        self._undone: list[Cells] = []
        self._now: dict[str, dict[str, object]] = {}
        self._proposed: dict[str, dict[str, int]] = {}

    def look_again(self) -> None:
        """What was worked out of lines no longer stands: painting asks for it many times a cell."""
        self._now.clear()
        self._proposed.clear()

    def take(self, sheet: EntrySheet) -> None:
        """What is recorded was read again. What was typed stays; where what is recorded under it moved, that is noted."""
        self.look_again()
        if self.sheet is not None and self.sheet.month != sheet.month:
            self.forget()
        self.sheet = sheet
        self.by_firm = {line.enterprise_id: line for line in sheet.lines}
        for place in [one for one in self.typed if one[0] not in self.by_firm]:
            del self.typed[place]
        for place, typed in list(self.typed.items()):
            now = self._recorded(place)
            if not typed.problem and typed.value == now:
                del self.typed[place]
            elif now != self._begun.get(place):
                self.moved[place] = shown_text(place[1], now, self.unit) or "空"
        self.moved = {place: said for place, said in self.moved.items() if place in self.typed}

    def _recorded(self, place: Place) -> object:
        line = self.by_firm.get(place[0])
        return line.values.get(place[1]) if line is not None else None

    def forget(self) -> None:
        """Nothing is typed any more."""
        self.look_again()
        self.typed, self._begun, self.moved, self.wrong = {}, {}, {}, {}
        self._done, self._undone = [], []

    def choose_unit(self, unit: str) -> None:
        """Amounts are shown and read in this unit; what could not be read for want of one is read again."""
        self.unit = unit
        self.look_again()
        for place, typed in list(self.typed.items()):
            if typed.problem:
                self.typed[place] = read_cell(place[1], typed.text, unit)

    # A line as it would be.

    def now(self, line: EntryLine) -> dict[str, object]:
        """A line's values as they would be saved."""
        firm = line.enterprise_id
        if firm in self._now:
            return self._now[firm]
        typed = {name: self.typed[firm, name].value for name in FIELDS if (firm, name) in self.typed}
        self._now[firm] = {**line.values, **typed}
        return self._now[firm]

    def proposals(self, line: EntryLine) -> dict[str, int]:
        """What a line proposes for its empty cells."""
        firm = line.enterprise_id
        if self.sheet is None or self.read_only:
            return {}
        if firm not in self._proposed:
            found = proposed(line, self.sheet.month, self.now(line))
            self._proposed[firm] = {name: value for name, value in found.items() if (firm, name) not in self.typed}
        return self._proposed[firm]

    def to_confirm(self) -> Cells:
        """Everything proposed for the firms whose amounts are being typed."""
        firms = dict.fromkeys(
            firm for (firm, name), typed in self.typed.items() if name in AMOUNTS and not typed.problem
        )
        return {
            (firm, name): Typed(value)
            for firm in firms
            if any(self.now(self.by_firm[firm]).get(one) is not None for one in AMOUNTS[:2])
            for name, value in self.proposals(self.by_firm[firm]).items()
        }

    # Steps.

    def put(self, told: Mapping[Place, Typed]) -> set[str]:
        """Put what was read into cells as one step; the firms whose lines changed."""
        before = dict(self.typed)
        firms: set[str] = set()
        for place, typed in told.items():
            if place[0] not in self.by_firm or self.read_only:
                continue
            if not typed.problem and typed.value == self._recorded(place):
                self.typed.pop(place, None)
            else:
                self.typed[place] = typed
                self._begun.setdefault(place, self._recorded(place))
            self.moved.pop(place, None)
            if before.get(place) != self.typed.get(place):
                firms.add(place[0])
        if firms:
            self._done = [*self._done[-_STEPS:], before]
            self._undone = []
        self._turned_lines(firms)
        return firms

    def _turned_lines(self, firms: set[str]) -> None:
        for firm in firms:
            self.wrong.pop(firm, None)
            self._now.pop(firm, None)
            self._proposed.pop(firm, None)

    def _turned(self, before: Cells) -> set[str]:
        firms = {place[0] for place in {*before, *self.typed} if before.get(place) != self.typed.get(place)}
        self._turned_lines(firms)
        return firms

    def can_go_back(self, *, redo: bool = False) -> bool:
        """Whether there is a step to take back (to do again)."""
        return bool(self._undone if redo else self._done)

    def go_back(self, *, redo: bool = False) -> set[str]:
        """Take the last step back (do it again); the firms whose lines changed."""
        source, target = (self._undone, self._done) if redo else (self._done, self._undone)
        if not source:
            return set()
        before = dict(self.typed)
        target.append(before)
        self.typed = source.pop()
        return self._turned(before)

    def give_up(self) -> set[str]:
        """Nothing that was typed is wanted; it can be taken back like any step."""
        before = dict(self.typed)
        self._done = [*self._done[-_STEPS:], before]
        self.typed, self.moved, self._undone = {}, {}, []
        return self._turned(before)

    def settle_moved(self, *, mine: bool) -> set[str]:
        """Of cells somebody else changed meanwhile: what was typed here stands, or what they wrote."""
        before = dict(self.typed)
        for place in self.moved:
            if mine:
                self._begun[place] = self._recorded(place)
            else:
                self.typed.pop(place, None)
        self.moved = {}
        return self._turned(before)

    # Saving.

    @property
    def problems(self) -> list[Place]:
        """Cells whose text is not understood."""
        return [place for place, typed in self.typed.items() if typed.problem]

    def entries(self, *, accept: bool = False, only: frozenset[str] | None = None) -> list[Entry]:
        """What can be saved: lines typed into whose cells are all understood (of these firms). ``accept``: warnings shown are
        stayed with."""
        version = self.sheet.version if self.sheet is not None else 0
        bad = {place[0] for place in self.problems}
        found = []
        for firm in dict.fromkeys(place[0] for place in self.typed if place[0] not in bad):
            if only is not None and firm not in only:
                continue
            line = self.by_firm[firm]
            changes = {name: self.typed[firm, name].value for name in FIELDS if (firm, name) in self.typed}
            if self.wants_source(line):
                changes["source"] = self.source
            faults = self.wrong[firm].faults if accept and firm in self.wrong else ()
            found.append(Entry(firm, line.row_id, version, changes, frozenset(one.name for one in faults)))
        return found

    def saved(self, sent: Cells) -> None:
        """These cells are saved; what was typed into them since stays. What was done before can only be taken back in the
        ledger."""
        for place, typed in sent.items():
            if self.typed.get(place) == typed:
                del self.typed[place]
            self._begun.pop(place, None)
            self.wrong.pop(place[0], None)
        self._begun |= {place: sent[place].value for place in sent if place in self.typed}
        self._done, self._undone = [], []
        self.look_again()

    def wants_source(self, line: EntryLine) -> bool:
        """Whether the source chosen above is to stand on this line."""
        typed = any((line.enterprise_id, name) in self.typed for name in AMOUNTS)
        return bool(self.source) and typed and not self.now(line).get("source")

    def texts(self) -> dict[str, str]:
        """What is typed as a draft keeps it, whatever unit is chosen when it is taken up."""
        return {
            f"{firm}/{name}": typed.text if typed.problem else lossless(name, typed.value)
            for (firm, name), typed in self.typed.items()
        }

    def from_draft(self, texts: Mapping[str, str]) -> Cells:
        """What a draft says, read in the unit chosen now."""
        places = {(key.partition("/")[0], key.partition("/")[2]): text for key, text in texts.items()}
        return {place: read_cell(place[1], text, self.unit) for place, text in places.items() if place[1] in TYPED}

    # What a cell shows and says.

    def shown(self, line: EntryLine, name: str) -> str:
        """A cell's text, amounts in the chosen unit."""
        if name == NAME:
            return line.name if line.on_register else f"{line.name}（不在册）"
        if name == LAST:
            return amount_text(line.last.month_yuan, self.unit)
        now = self.now(line)
        if name == DIFFERENCE:
            return amount_text(difference(line, self.sheet.month, now), self.unit) if self.sheet is not None else ""
        if name == RATE:
            return growth_text(line, now)[0]
        typed = self.typed.get((line.enterprise_id, name))
        if typed is not None and typed.problem:
            return typed.text
        value = now.get(name)
        if value is None:
            value = self.source if name == "source" and self.wants_source(line) else self.proposals(line).get(name)
        return shown_text(name, value, self.unit)

    def exact(self, line: EntryLine, name: str) -> str:
        """A cell's text with nothing rounded away; of what is worked out, what is shown."""
        if name not in TYPED:
            return self.shown(line, name)
        typed = self.typed.get((line.enterprise_id, name))
        if typed is not None and typed.problem:
            return typed.text
        return edit_text(name, self.now(line).get(name), self.unit)

    def is_proposed(self, line: EntryLine, name: str) -> bool:
        """Whether a cell shows what is not confirmed yet."""
        if name == "source":
            return self.wants_source(line)
        return name in AMOUNTS and name in self.proposals(line)

    def light(self, line: EntryLine, name: str) -> str:
        """ "red" for what cannot be saved, "amber" for what is to be checked, "" for nothing."""
        place = (line.enterprise_id, name)
        if place in self.typed and self.typed[place].problem:
            return "red"
        if place in self.moved:
            return "amber"
        return (
            "red" if self._faults(line, name, stops=True) else "amber" if self._faults(line, name, stops=False) else ""
        )

    def worked_out(self, line: EntryLine, name: str) -> str:
        """The light of a figure that is worked out: a difference, a fall."""
        now = self.now(line)
        if name == DIFFERENCE and self.sheet is not None:
            return "amber" if difference(line, self.sheet.month, now) else ""
        if name == RATE:
            rate = growth_text(line, now)[1]
            return "red" if rate is not None and rate < 0 else ""
        return ""

    def _faults(self, line: EntryLine, name: str, *, stops: bool) -> list[str]:
        wrong = self.wrong.get(line.enterprise_id)
        faults = wrong.faults if wrong is not None else ()
        return [
            one.message for one in faults if one.stops == stops and (one.name if one.name in TYPED else NAME) == name
        ]

    def says(self, line: EntryLine, name: str) -> str:
        """What there is to say of a cell: why it is not understood, what is to be checked, what is proposed."""
        place = (line.enterprise_id, name)
        typed = self.typed.get(place)
        said = [typed.problem, typed.note] if typed is not None else []
        if place in self.moved:
            said.append(f"刚被别人改为 {self.moved[place]}，这里还是你填的")
        said += self._faults(line, name, stops=True) + self._faults(line, name, stops=False)
        if name in AMOUNTS and self.is_proposed(line, name):
            how = "上月累计 + 本月" if name == "cum_yuan" else "它去年自己报的"
            said.append(f"灰色的是建议数（{how}），按回车确认；不确认不保存")
        return "；".join(one for one in said if one)

    def summary(self, line: EntryLine) -> str:
        """Last month and last year of a firm, in words."""
        parts = []
        for word, known in (("上月", line.last), ("上年同月", line.last_year)):
            told = [
                f"{label} {amount_text(value, self.unit)}"
                for label, value in (("本月", known.month_yuan), ("累计", known.cum_yuan))
                if value is not None
            ]
            parts.append(f"{word}：{'，'.join(told) if told else '没有报'}")
        return "　".join(parts)
