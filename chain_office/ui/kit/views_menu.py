"""Saved views of a desk: a menu with live counts, the ones among the chips, saving, renaming, deleting."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QToolButton

from chain_office.services.saved_views import (
    LONGEST,
    SavedView,
    remove_view,
    rename_view,
    save_view,
    saved_views,
    show_view,
)
from chain_office.ui.icons import icon
from chain_office.ui.kit.filters import chip_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk

_EMPTY: frozenset[str] = frozenset()


class ViewsMenu(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._views: dict[str, tuple[SavedView, int]] = {}
        self._active = ""
        self._wanted = ""
        self._next: str | None = None
        self._chips: dict[str, QToolButton] = {}
        self._dialog: QInputDialog | None = None
        palette = desk.office.palette
        self.button = QToolButton()
        self.button.setIcon(icon("bookmark", palette.accent))
        self.button.setIconSize(QSize(14, 14))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAccessibleName("保存的视图")
        self.button.setStyleSheet(
            "QToolButton { padding-right: 18px; } QToolButton::menu-indicator "
            "{ subcontrol-origin: padding; subcontrol-position: center right; right: 5px; }"
        )
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        desk.filters.chips.add(self.button)
        desk.filters.changed.connect(self._tell)
        desk.offered.connect(self.read)
        self._tell()

    # What there is.

    def read(self) -> None:
        """Read the views and count their rows."""
        desk = self._desk
        name, count, ids_of = desk.id, desk.model.number, desk.filters.ids_of

        def job(ledger: Ledger) -> list[tuple[SavedView, int]]:
            found = []
            for view in saved_views(ledger, name):
                only = (ids_of(view.chosen) or _EMPTY) if view.chosen else None
                met = tuple(one for one, _ in view.conditions)
                values = dict(view.values) | ({view.pin[0]: view.pin[1]} if view.pin else {})
                found.append((view, count(ledger, filters=values, conditions=met, only=only)))
            return found

        desk.office.work.ask(job, self._take, owner=self)

    def _take(self, found: list[tuple[SavedView, int]]) -> None:
        self._views = {view.name: (view, number) for view, number in found}
        if self._next is not None and (not self._next or self._next in self._views):
            self._active, self._next = self._next, None
        if self._active not in self._views:
            self._active = ""
        for chip in self._chips.values():
            self._desk.filters.chips.drop(chip)
        self._chips = {}
        palette = self._desk.office.palette
        for view, number in found:
            if view.shown:
                chip = QToolButton()
                chip.setText(f"{view.name.replace('&', '&&')} {number}")
                chip.setIcon(icon("bookmark", palette.accent))
                chip.setIconSize(QSize(12, 12))
                chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                chip.setCheckable(True)
                chip.setStyleSheet(chip_style(palette, palette.text))
                chip.setCursor(Qt.CursorShape.PointingHandCursor)
                chip.clicked.connect(partial(self.use, view.name))
                self._desk.filters.chips.add(chip)
                self._chips[view.name] = chip
        self._tell()
        if self._wanted in self._views:
            wanted, self._wanted = self._wanted, ""
            self.use(wanted)

    @property
    def active(self) -> str:
        """The view that was used last, "" for none."""
        return self._active

    @property
    def changed(self) -> bool:
        """Whether something else is wanted than the view in use says."""
        if not self._active:
            return False
        view, now = self._views[self._active][0], self.now(self._active)
        return (view.chosen, dict(view.values), view.pin, view.conditions) != (
            now.chosen, dict(now.values), now.pin, now.conditions,
        )  # fmt: skip

    def now(self, name: str) -> SavedView:
        """What is wanted now, as a view of that name."""
        desk, filters = self._desk, self._desk.filters
        pin = filters.pinned
        values = {key: value for key, value in filters.values.items() if pin is None or key != pin[0]}
        met = tuple((one, desk.heading_filters.words(one)) for one in filters.conditions)
        order, down = desk.order
        shown = name in self._views and self._views[name][0].shown
        return SavedView(name, filters.chosen, values, pin, met, order, bool(down), desk.shown_columns.state(), shown)

    # Using one.

    def use(self, name: str, *_: object) -> None:
        """Show what a view says; one not read yet is used when it has been."""
        if name not in self._views:
            self._wanted = name
            return
        view, desk = self._views[name][0], self._desk
        self._active = name
        if view.columns:
            desk.shown_columns.apply(view.columns)
        desk.set_order(view.order, down=view.down)
        desk.filters.set_all(view.chosen, view.values, view.pin, view.conditions)

    def _tell(self) -> None:
        if self.changed and not self._desk.filters.anything:
            self._active = ""
        word = f"视图：{self._active}" + ("（已改）" if self.changed else "") if self._active else "视图"
        self.button.setText(word.replace("&", "&&"))
        self._desk.filters.chips.arrange()
        for name, chip in self._chips.items():
            chip.setChecked(name == self._active and not self.changed)

    def _fill(self) -> None:
        self.menu.clear()
        palette = self._desk.office.palette
        if not self._views:
            none = self.menu.addAction("还没有保存的视图")
            none.setEnabled(False)
        for name, (_, number) in self._views.items():
            action = self.menu.addAction(f"{name.replace('&', '&&')}（{number}）")
            action.setCheckable(True)
            action.setChecked(name == self._active)
            action.triggered.connect(partial(self.use, name))
        self.menu.addSeparator()
        shown = self._desk.office.shown
        may = shown is not None and not shown.read_only
        entries: list[tuple[str, str, Callable[[], None]]] = [("另存为视图……", "bookmark-plus", self.ask_name)]
        if self._active:
            name = self._active
            view = self._views[name][0]
            said = name.replace("&", "&&")
            entries += [(f"用现在的筛选更新“{said}”", "save", partial(self.save, name))] if self.changed else []
            word = f"把“{said}”从标签行拿下" if view.shown else f"把“{said}”放到标签行"
            entries += [
                (word, "pin", partial(self._show, name, shown=not view.shown)),
                (f"“{said}”改名……", "pencil", partial(self.ask_name, name)),
                (f"删除“{said}”", "trash-2", partial(self.remove, name)),
            ]
        for word, sign, do in entries:
            action = self.menu.addAction(icon(sign, palette.text), word)
            action.setEnabled(may)
            action.triggered.connect(partial(self._do, do))

    @staticmethod
    def _do(do: Callable[[], None], *_: object) -> None:
        do()

    # Keeping one.

    def ask_name(self, old: str = "") -> None:
        """Ask for a name: of a new view, or another one for a view."""
        dialog = QInputDialog(self._desk)
        dialog.setWindowTitle("视图改名" if old else "另存为视图")
        dialog.setLabelText("新的名字：" if old else "名字（同事也会看到这个视图）：")
        dialog.setTextValue(old or "、".join(self._desk.filters.words)[:LONGEST])
        dialog.setOkButtonText("改名" if old else "保存")
        dialog.setCancelButtonText("取消")
        dialog.textValueSelected.connect(partial(self._named, old))
        field = dialog.findChild(QLineEdit)
        if field is not None:
            field.setMaxLength(LONGEST)
        self._dialog = dialog
        dialog.open()

    def _named(self, old: str, name: str) -> None:
        if old:
            self._write(lambda ledger, actor, desk: rename_view(ledger, actor, desk, old, name), name)
        else:
            self.save(name)

    def save(self, name: str) -> None:
        """Keep what is wanted now as a view; one of that name is replaced."""
        view = self.now(" ".join(name.split()))
        if view.name in self._views:
            view = replace(view, shown=self._views[view.name][0].shown)
        self._write(lambda ledger, actor, desk: save_view(ledger, actor, desk, view), view.name)

    def _show(self, name: str, *, shown: bool) -> None:
        self._write(lambda ledger, actor, desk: show_view(ledger, actor, desk, name, shown=shown), name)

    def remove(self, name: str) -> None:
        """Move a view to the bin; 撤销 brings it back."""
        self._write(lambda ledger, actor, desk: remove_view(ledger, actor, desk, name), "")

    def _write(self, act: Callable[[Ledger, str, str], Saved], active: str) -> None:
        actor, desk = self._desk.office.actor, self._desk.id

        def told(saved: Saved) -> None:
            self._next = active
            self._desk.office.wrote.emit(saved)
            self.read()

        self._desk.office.work.ask(lambda ledger: act(ledger, actor, desk), told, owner=self)
