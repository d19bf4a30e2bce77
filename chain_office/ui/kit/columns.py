"""The columns of a desk's list: moved, hidden, widened, frozen; remembered on this computer, and with a saved view."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QSettings, QTimer
from PySide6.QtWidgets import QMenu

from chain_office.ui.icons import icon
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from chain_office.ui.kit.desk import Desk

_NARROWEST: Final = 120
"""The column that takes the room left over is never narrower: the list scrolls instead."""
_LEAST: Final = 0.75
"""Columns give way no further than this."""
_LATER_MILLISECONDS: Final = 400


class Columns(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._list = desk.list
        self._heading = desk.list.heading
        self._names = [column.heading for column in desk.model.columns]
        self._wide = desk.wide
        self._widened = False
        self._as_made = True
        self._frozen = 0
        self._quiet = False
        self._menu: QMenu | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MILLISECONDS)
        self._timer.timeout.connect(self._keep)
        self._heading.setSectionResizeMode(self._heading.ResizeMode.Interactive)
        self._heading.setStretchLastSection(False)
        self._heading.sectionResized.connect(self._resized)
        self._heading.sectionMoved.connect(lambda *_: self._changed())
        self._heading.menu_wanted.connect(self.open_menu)
        self._list.resized.connect(self.fit)
        self.apply(self._kept())

    # What they are.

    def state(self) -> dict[str, Any]:
        """The columns as they are, by their headings."""
        heading = self._heading
        order = [self._names[heading.logicalIndex(place)] for place in range(heading.count())]
        widths = {
            name: self._list.columnWidth(place)
            for place, name in enumerate(self._names)
            if not self._as_made and not heading.isSectionHidden(place) and (place != self._wide or self._widened)
        }
        return {"order": order, "hidden": sorted(self.hidden), "widths": widths, "frozen": self._frozen}

    @property
    def hidden(self) -> set[str]:
        """The headings of the columns that are hidden."""
        return {name for place, name in enumerate(self._names) if self._heading.isSectionHidden(place)}

    @property
    def frozen(self) -> int:
        """How many columns from the left stay when the list is scrolled sideways."""
        return self._frozen

    def shown(self) -> list[int]:
        """The columns shown, from the left."""
        places = [self._heading.logicalIndex(place) for place in range(self._heading.count())]
        return [place for place in places if not self._heading.isSectionHidden(place)]

    # Changing them.

    def apply(self, state: Mapping[str, Any]) -> None:
        """Show the columns so; what the state does not know stands as it was made."""
        self._quiet = True
        names, hidden = self._names, state.get("hidden", ())
        order = [name for name in state.get("order", ()) if name in names]
        for at, name in enumerate([*order, *(name for name in names if name not in order)]):
            self._heading.moveSection(self._heading.visualIndex(names.index(name)), at)
        if all(name in hidden for name in names):
            hidden = ()
        widths = state.get("widths", {})
        self._widened = names[self._wide] in widths
        self._as_made = not widths
        for place, column in enumerate(self._desk.model.columns):
            self._heading.setSectionHidden(place, column.heading in hidden)
            width = widths.get(column.heading)
            self._list.setColumnWidth(place, width if isinstance(width, int) and width > 0 else scaled(column.width))
        frozen = state.get("frozen", 0)
        self._quiet = False
        self.freeze(frozen if isinstance(frozen, int) and 0 <= frozen < len(names) else 0)
        self.fit()

    def reset(self) -> None:
        """As they were made."""
        self.apply({})
        self._keep()

    def hide(self, section: int, *, hide: bool = True) -> None:
        """Hide a column, or show it again; the last one stays."""
        if hide and self.shown() == [section]:
            return
        self._heading.setSectionHidden(section, hide)
        self.fit()
        self._changed()

    def freeze(self, number: int) -> None:
        """Keep so many columns from the left when the list is scrolled sideways."""
        self._frozen = number
        self._list.freeze(number)
        self._changed()

    def fit(self) -> None:
        """One column takes the room left over, unless it was given a width of its own."""
        if self._quiet or self._widened or self._heading.isSectionHidden(self._wide):
            return
        self._quiet = True
        if self._as_made:
            self._squeeze()
        others = sum(self._heading.sectionSize(place) for place in range(len(self._names)) if place != self._wide)
        self._list.setColumnWidth(self._wide, max(_NARROWEST, self._list.viewport().width() - others))
        self._quiet = False

    def _squeeze(self) -> None:
        """As long as nobody gave a column a width: where they do not all fit, each gives way by as much."""
        made = {place: scaled(self._desk.model.columns[place].width) for place in self.shown() if place != self._wide}
        room = self._list.viewport().width() - _NARROWEST
        share = min(1.0, max(_LEAST, room / max(1, sum(made.values()))))
        for place, width in made.items():
            self._list.setColumnWidth(place, int(width * share))

    def _resized(self, section: int, _old: int, _new: int) -> None:
        if self._quiet:
            return
        self._as_made = False
        if section == self._wide:
            self._widened = True
        else:
            self.fit()
        self._changed()

    def _changed(self) -> None:
        if not self._quiet:
            self._timer.start()

    # Remembering them.

    @property
    def _setting(self) -> str:
        return f"desk/{self._desk.id}/columns"

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(str(QSettings().value(self._setting, "") or "{}"))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self) -> None:
        self._timer.stop()
        QSettings().setValue(self._setting, json.dumps(self.state(), ensure_ascii=False))

    # The menu of a heading.

    def open_menu(self, section: int, at: QPoint) -> None:
        """What can be done with a heading and with the columns."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu(section)
        self._menu.popup(at)

    def menu(self, section: int) -> QMenu:
        """The menu of a heading; of the columns alone where there is none."""
        desk, p = self._desk, self._desk.office.palette
        menu = QMenu(self._list)

        def add(word: str, sign: str, do: Any, *, enabled: bool = True) -> QAction:
            action = menu.addAction(icon(sign, p.text), word) if sign else menu.addAction(word)
            action.triggered.connect(lambda _on=False: do())
            action.setEnabled(enabled)
            return action

        if 0 <= section < len(self._names):
            column = desk.model.columns[section]
            orders = bool(column.sorted_by)
            add("升序", "arrow-up-narrow-wide", lambda: self._list.sort(section, descending=False), enabled=orders)
            add("降序", "arrow-down-wide-narrow", lambda: self._list.sort(section, descending=True), enabled=orders)
            add("筛选……（Alt+↓）", "funnel", lambda: desk.heading_filters.open(section), enabled=bool(column.facet))
            filtered = desk.filters.condition(column.facet) is not None
            add("清除这一列的筛选", "x", lambda: desk.filters.put(column.facet, None, ""), enabled=filtered)
            menu.addSeparator()
            upto = self.shown().index(section) + 1 if section in self.shown() else 0
            add(f"冻结到“{column.heading}”", "pin", lambda: self.freeze(upto), enabled=upto < len(self.shown()))
            add("取消冻结", "", lambda: self.freeze(0), enabled=self._frozen > 0)
            add("隐藏这一列", "eye-off", lambda: self.hide(section), enabled=len(self.shown()) > 1)
            menu.addSeparator()
        some = menu.addMenu(icon("columns-3", p.text), "列")
        for place, name in enumerate(self._names):
            one = some.addAction(name)
            one.setCheckable(True)
            one.setChecked(not self._heading.isSectionHidden(place))
            one.triggered.connect(lambda on, at=place: self.hide(at, hide=not on))
        add("恢复默认列", "rotate-ccw", self.reset)
        return menu
