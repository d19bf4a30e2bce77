"""The fields of a step: what it needs first, then what it takes besides, then when and by whom it was taken."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from chain_office.domain.forms import Loaded
from chain_office.domain.kinds import BadValue
from chain_office.services.steps.offering import COUNTED
from chain_office.ui.kit.form.body import FormBody
from chain_office.ui.kit.steps.answers import AnswerEditor, TickEditor
from chain_office.ui.kit.steps.many import ManyEditor

if TYPE_CHECKING:
    from chain_office.domain.forms import Fault, FormField
    from chain_office.domain.steps import StepForm
    from chain_office.domain.workflow import Verb
    from chain_office.ui.kit.form.body import Layout
    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.kit.form.surroundings import Surroundings

_ROWS = (
    ("unit_id",), ("co_units",), ("due_day",), ("solved",), ("answered",), ("approached",), ("rating",), ("text",),
    ("reason",), ("understood",), ("next_step",), ("method", "contact"), ("owner", "owner_phone"), ("meeting_id",),
)  # fmt: skip
_LAST = (("day", "actor"),)
_FEW = 4
"""So many words of a set are shown as buttons."""


def layout(verb: Verb) -> Layout:
    """The rows of a step's form. Of a verification the look-back comes after the answers."""
    first = tuple(row for row in _ROWS if set(row) & set(verb.needs))
    rest = tuple(row for row in _ROWS if row not in first and set(row) & set(verb.takes))
    return (("这一步", (*first, *rest)), ("何时、谁登记", _LAST))


def _day_in(editor: Editor | None) -> date | None:
    """The day that stands in an editor."""
    try:
        found = editor.value() if editor is not None else None
    except BadValue:
        return None
    return found if isinstance(found, date) else None


class StepBody(FormBody):
    """Editors of a step. ``counts_from``: the day a deadline is counted from besides the step's own (the deadline an
    extension begins at)."""

    def __init__(self, opened: StepForm, around: Surroundings, counts_from: date | None = None) -> None:
        super().__init__(opened.form, layout(opened.verb), around)
        self._opened = opened
        self._counts_from = counts_from
        around.anchor = self._start
        loaded = Loaded(opened.form.table, "", 0, opened.verb.label, opened.values)
        super().fill(loaded)
        for name, editor in self.editors.items():
            field, value = opened.form.field(name), opened.values.get(name)
            if field.link and not field.many and value is not None:
                option = next((one for one in opened.links.get(name, ()) if one.id == value), None)
                editor.set_value(value, option)

    def _order(self) -> None:
        stops: list[QWidget] = []
        for editor in self.editors.values():
            stops += editor.stops if isinstance(editor, AnswerEditor) else [editor.target]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def editor_of(self, field: FormField) -> Editor:
        """Answers are shown as buttons, several rows as words."""
        if field.many:
            return ManyEditor(field, self.around)
        if field.spec.kind.name == "flag":
            return TickEditor(field, self.around)
        if field.fixed and not field.link and 0 < len(field.spec.choices) <= _FEW:
            return AnswerEditor(field, self.around)
        return super().editor_of(field)

    def _start(self) -> date | None:
        """What a deadline counts from."""
        day = self.day
        return day if day is None or self._counts_from is None else max(day, self._counts_from)

    @property
    def day(self) -> date | None:
        """The day of the step, if one stands there."""
        return _day_in(self.editors.get("day"))

    @property
    def deadline_follows(self) -> bool:
        """Whether its deadline is counted from the step's day and nobody has typed another."""
        return self._opened.verb.id in COUNTED and "due_day" in self.editors and not self.editors["due_day"].touched

    def whole(self) -> tuple[dict[str, object], tuple[Fault, ...]]:
        """Every value of the step: what was filled in and left, and what was typed."""
        typed, faults = self.changes()
        given = {
            name: value for name, value in self._opened.values.items() if value is not None and name in self.editors
        }
        if "due_day" in self.editors and "due_day" not in typed and not faults:
            typed["due_day"] = self.editors["due_day"].value()  # it may have followed the day
        return given | typed, faults
