"""What was typed into a month's grid and not saved survives a crash: one draft a month, kept as forms keep theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.domain.forms import Loaded
from chain_office.ui.kit.form.drafting import DraftKeeper

if TYPE_CHECKING:
    from chain_office.ui.pages.output_parts.entry import EntryPart


class EntryDrafts(QObject):
    """Mounted on the view once."""

    def __init__(self, part: EntryPart) -> None:
        super().__init__(part)
        self._part = part
        self.keeper = DraftKeeper(part.office, parent=self)
        self.keeper.found.connect(self._found)
        self.keeper.said.connect(part.office.said)
        self._left: set[str] = set()

    def look(self) -> None:
        """A month was opened: is there a draft of it?"""
        part = self._part
        sheet = part.sheet
        if sheet is None or part.model.state.read_only:
            self.keeper.forget()
            return
        title = f"{sheet.month} 产值录入"
        self.keeper.look(Loaded("monthly_output", f"grid {sheet.month}", sheet.version, title, {}), "")

    def keep(self) -> None:
        """Keep what is typed, a second after the last key; with nothing typed there is no draft."""
        if self.keeper.key:
            self.keeper.keep(self._part.model.state.texts)

    def leave(self) -> None:
        """Another month is shown: what was typed is kept, and taken up by itself when one comes back."""
        part = self._part
        if self.keeper.key and part.model.state.typed:
            texts = part.model.state.texts()
            self.keeper.keep(lambda: texts, now=True)
            self._left.add(part.month)
        self.keeper.forget()

    def after_saving(self) -> None:
        """What was saved needs no draft; what stayed behind does."""
        if self._part.model.state.typed:
            self.keep()
        else:
            self.keeper.drop()

    def _found(self, sentence: str) -> None:
        part = self._part
        if part.month in self._left:
            self._left.discard(part.month)
            self._take_up()
            return
        part.notice.tell(f"这个月{sentence}。", ("接着填", self._take_up), ("不要了", self._refuse))

    def _take_up(self) -> None:
        part = self._part
        part.notice.hide()
        state = part.model.state
        part.model.put(
            {place: typed for place, typed in state.from_draft(self.keeper.texts).items() if place not in state.typed}
        )
        part.view.setFocus()

    def _refuse(self) -> None:
        self._part.notice.hide()
        self.keeper.refuse()
