"""A link: a row of another table, chosen by typing. Which one is meant is never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue, Reading
from chain_office.ui.kit.form.choosing import OfferingEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_office.ui.kit.form.offered import Offered


class LinkEditor(OfferingEditor):
    """A row of another table: its id is the value, its name stands in the box."""

    def build(self) -> QWidget:
        """As every offering box."""
        self._chosen: Option | None = None
        self._first: Option | None = None
        return super().build()

    def load(self) -> None:
        """Ask for the rows."""
        self.around.offers.rows(self.field.link, self._arrived)

    def set_value(self, value: object | None, option: Option | None = None) -> None:
        """Show the chosen row by its name."""
        self._first = self._chosen = option or (Option(str(value), str(value)) if value else None)
        self._filling = True
        self.write(self._chosen.label if self._chosen else "")
        self._base = self.text()
        self._filling = False
        self.hush()

    def put_value(self, value: object | None, option: Option | None = None) -> None:
        """Choose a row."""
        if value is None or option is None:
            self.write("")
        else:
            self._take(option)

    def rebase(self, value: object | None, option: Option | None = None) -> None:
        """As every editor; a chosen row stays chosen."""
        chosen, typed, touched = self._chosen, self.text(), self.touched
        self.set_value(value, option)
        if touched:
            self._chosen = chosen
            self.write(typed)

    @property
    def touched(self) -> bool:
        """Whether another row is chosen, or text stands there that chose none."""
        if self._resolved is None:
            return bool(self.text().strip()) or self._first is not None
        return self._first is None or self._resolved.id != self._first.id

    @property
    def _resolved(self) -> Option | None:
        """The chosen row while its name stands in the box."""
        return self._chosen if self._chosen is not None and self.text() == self._chosen.label else None

    @property
    def at(self) -> int | None:
        """Which of the rows is chosen."""
        wanted = self._resolved
        rows = enumerate(self.offered.options)
        return next((place for place, one in rows if one.id == wanted.id), None) if wanted is not None else None

    def reading(self) -> Reading:
        """The id of the row. Raises :class:`BadValue`: which one is meant is never guessed."""
        text = self.text().strip()
        if not text:
            return Reading(None)
        if self._resolved is not None:
            return Reading(self._resolved.id)
        found = self.offered.find(text)
        option = self.offered.options[found[0]] if len(found) == 1 else self.offered.exact(text)
        if option is not None:
            return Reading(option.id)
        if not self.offered.options:
            reason = "可选的名称还没有读出来，请稍等再试"
        elif found:
            reason = f"符合“{text}”的有 {len(found)} 个，请从列表里选一个"
        else:
            reason = f"没有找到“{text}”，请换个字，或输入拼音首字母"
        raise BadValue(reason)

    def doubt(self, problem: BadValue, *, typing: bool) -> str:
        """While it is being typed the list says enough."""
        if not typing:
            return super().doubt(problem, typing=typing)
        self.hush()
        return ""

    def follow(self) -> None:
        """As every offering box; nothing is understood of an id."""
        if self._filling:
            return
        self.hush()
        self.changed.emit()
        self._look()

    def settle(self) -> None:
        """The cursor left: the only row that fits is taken."""
        if self.touched and self._resolved is None and self.text().strip():
            try:
                option = self.offered.by_id(str(self.reading().value))
            except BadValue as problem:
                self._close()
                self.doubt(problem, typing=False)
                return
            if option is not None:
                self._take(option)
        self._close()
        self._wanted = False
        if self._resolved is not None or not self.text().strip():
            self.hush()

    def _take(self, option: object) -> None:
        if isinstance(option, Option):
            self._chosen = option
        super()._take(option)

    def draft(self) -> str:
        """The id where a row is chosen, else what was typed."""
        return self._resolved.id if self._resolved is not None else self.text()

    def restore(self, text: str) -> None:
        """Put back a row by its id, once the rows are there; typed text as it was."""

        def put(offered: Offered) -> None:
            self.offered = offered
            option = offered.by_id(text)
            if option is not None:
                self._take(option)
            else:
                self.write(text)

        if text:
            self.around.offers.rows(self.field.link, put)
        else:
            self.write("")
