"""Which editor a field gets: one table by the kind of value, used by forms, cells and changes of several records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.textkinds import ChoiceKind
from chain_office.ui.kit.form.choosing import FixedChoiceEditor, FreeChoiceEditor
from chain_office.ui.kit.form.dates import DateEditor
from chain_office.ui.kit.form.lines import CreditCodeEditor, LineEditor, ParagraphEditor
from chain_office.ui.kit.form.links import LinkEditor
from chain_office.ui.kit.form.yes_no import YesNoEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.forms import FormField
    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.kit.form.surroundings import Surroundings

EDITORS: dict[str, type[Editor]] = {
    "long_text": ParagraphEditor,
    "yes_no": YesNoEditor,
    "flag": YesNoEditor,
    "credit_code": CreditCodeEditor,
    "day": DateEditor,
    "month": DateEditor,
}
"""By the kind's name; every other kind is typed into one line, with offers where there are any."""


def editor_class(field: FormField) -> type[Editor]:
    """What a field is edited with."""
    if field.link:
        return LinkEditor
    own = EDITORS.get(field.spec.kind.name)
    if own is not None:
        return own
    if field.fixed or isinstance(field.spec.kind, ChoiceKind):
        return FixedChoiceEditor
    return FreeChoiceEditor if field.spec.choices else LineEditor


def make_editor(field: FormField, around: Surroundings, parent: QWidget | None = None) -> Editor:
    """An empty editor of a field."""
    return editor_class(field)(field, around, parent)
