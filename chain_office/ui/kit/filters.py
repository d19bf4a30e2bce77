"""The rows above a list: chips for ready-made selections, boxes for values, what else is filtered, how to clear it all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QToolButton, QVBoxLayout, QWidget

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.queries.views import View
from chain_office.services.explaining.selections import COUNTED_AS
from chain_office.services.figures import described_formula
from chain_office.ui.kit.figure_line import FigureLine, Told
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chain_office.queries.facets import Condition
    from chain_office.queries.views import Choice
    from chain_office.ui.palette import Palette

_ALL = ""
_KEY = "key"


class Filters(QWidget):
    """Chips, boxes, a pin, and the conditions put on headings. Tells when any of them changed."""

    changed = Signal()

    def __init__(self, boxes: Sequence[tuple[str, str]], palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._views: dict[str, View] = {}
        self._chosen = _ALL
        self._as_of: date | None = None
        self._pin: tuple[str, str, str] | None = None
        self._kept: tuple[frozenset[str], str] | None = None
        self._met: dict[str, tuple[Condition, str, QPushButton]] = {}
        self.chips = Flow(gap=4)
        self._made: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._boxes: dict[str, QComboBox] = {}
        self._words = dict(boxes)
        self._pinned = QPushButton()
        self._pinned.setToolTip("点一下取消")
        self._pinned.clicked.connect(self._unpin)
        self._found = QPushButton()
        self._found.setToolTip("点一下取消")
        self._found.clicked.connect(self._keep_no_more)
        self._clear = QPushButton("清除筛选")
        self._clear.clicked.connect(self.clear)
        self.count = FigureLine("quiet")
        """How many rows the list has; the desk puts it where there is room."""
        self.named = ""
        """What the desk's selections are called by: the first part of their keys."""
        self._compact = False
        self._lay_out()

    def _lay_out(self) -> None:
        self._row = Flow(gap=8)
        for name, word in self._words.items():
            box = QComboBox()
            box.setAccessibleName(word)
            box.setMaxVisibleItems(18)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(11)
            box.addItem(f"{word}：全部", None)
            box.activated.connect(lambda _row: self._tell())
            self._boxes[name] = box
            self._row.add(box)
        self._row.add(self._pinned, shown=False)
        self._row.add(self._found, shown=False)
        self._row.add(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.chips)
        column.addWidget(self._row)
        self._show_clear()

    # What is wanted.

    @property
    def values(self) -> dict[str, str | None]:
        """Filter name → the value wanted."""
        chosen = {name: box.currentData() for name, box in self._boxes.items() if box.currentData() is not None}
        wanted: dict[str, str | None] = {name: data[0] for name, data in chosen.items()}
        if self._pin is not None:
            wanted[self._pin[0]] = self._pin[1]
        return wanted

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What is put on headings."""
        return tuple(condition for condition, _, _ in self._met.values())

    @property
    def only(self) -> frozenset[str] | None:
        """The records of the chosen selection and of what was found; None for all."""
        chosen = self._views[self._chosen].ids if self._chosen in self._views else None
        if self._kept is None:
            return chosen
        return self._kept[0] if chosen is None else self._kept[0] & chosen

    @property
    def asked(self) -> object:
        """What is asked for, whatever records answer to it now: equal while nobody changes a filter."""
        return self.values, self._chosen, self._kept, self.conditions

    @property
    def anything(self) -> bool:
        """Whether something is filtered."""
        return bool(self.values) or bool(self._met) or self.only is not None

    @property
    def chosen(self) -> str:
        """The key of the chosen selection, "" for all."""
        return self._chosen

    @property
    def pinned(self) -> tuple[str, str, str] | None:
        """What is pinned: a filter, its value, its words."""
        return self._pin

    def ids_of(self, key: str) -> frozenset[str] | None:
        """The records of a selection; None if there is none of that key."""
        return self._views[key].ids if key in self._views else None

    @property
    def words(self) -> list[str]:
        """What is filtered, in words, one part each."""
        found = [self._views[self._chosen].label] if self._chosen in self._views else []
        found += [
            box.currentText().rpartition("（")[0] for box in self._boxes.values() if box.currentData() is not None
        ]
        found += [self._pin[2]] if self._pin else []
        found += [self._kept[1]] if self._kept else []
        return found + [words for _, words, _ in self._met.values()]

    # What can be wanted.

    def offer(
        self,
        views: Sequence[View],
        choices: Mapping[str, Sequence[Choice]],
        total: int,
        as_of: date | None = None,
    ) -> None:
        """Show what the ledger has at a date; what was chosen stays chosen."""
        self._as_of = as_of
        held = self._views.get(self._chosen)
        self._views = {view.key: view for view in views}
        if held is not None and self._chosen not in self._views:
            self._views[self._chosen] = replace(held, ids=frozenset())
        self._show_chips(total)
        for name, box in self._boxes.items():
            held = box.currentData()
            box.clear()
            box.addItem(f"{self._words[name]}：全部", None)
            for choice in choices.get(name, ()):
                box.addItem(f"{choice.label}（{choice.count}）", (choice.value,))
                if held is not None and held[0] == choice.value:
                    box.setCurrentIndex(box.count() - 1)
            self._widen(box)
        self._show_clear()

    def _widen(self, box: QComboBox) -> None:
        metrics = box.fontMetrics()
        widest = max(metrics.horizontalAdvance(box.itemText(row)) for row in range(box.count()))
        box.view().setMinimumWidth(min(widest + 40, 420))

    def _show_chips(self, total: int) -> None:
        for old in self._made:
            self._group.removeButton(old)
            self.chips.drop(old)
        self._made = []
        self._add_chip(_ALL, "全部", total, "")
        for view in self._views.values():
            if view.chip or view.key == self._chosen:
                self._add_chip(view.key, view.label, len(view.ids), view.light)

    def _add_chip(self, key: str, word: str, number: int, light: str) -> None:
        chip = QToolButton()
        chip.setText(f"{word} {number}")
        chip.setCheckable(True)
        chip.setChecked(key == self._chosen)
        chip.setProperty(_KEY, key)
        FigureOffer(chip, lambda _at: self._figures(key, word, number), lambda _figure: self.choose(key))
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        p = self._palette
        chip.setStyleSheet(chip_style(p, getattr(p, light) if light and number else p.text))
        chip.clicked.connect(lambda: self.choose(key))
        self._group.addButton(chip)
        self.chips.add(chip)
        self._made.append(chip)

    # Changing what is wanted.

    def _figures(self, key: str, word: str, number: int) -> tuple[Figure, ...]:
        """What a chip counts."""
        if self._as_of is None:
            return ()
        view = self._views.get(key)
        formula = view.formula or described_formula(key) if view is not None else ""
        said = formula or f"台账里{'的全部记录' if key == _ALL else f'属于“{word}”的记录'}"
        rows = RowsQuery("", (("figure", key),))
        named = COUNTED_AS.get(key, key) or f"{self.named}.all"
        return (Figure(named, word, number, "条", said, self._as_of, rows, row_count=number),)

    def show_count(self, number: int, noun: str) -> None:
        """Say how many rows the list has, as it is filtered."""
        said = f"{number} {noun}"
        if self._as_of is None:
            self.count.tell(said)
            return
        formula = f"清单里符合筛选的：{'，'.join(self.words)}" if self.anything else "台账里的全部记录"
        figure = Figure(
            f"{self.named}.listed", f"清单　{noun[1:]}", number, noun[:1], formula, self._as_of, row_count=number
        )
        self.count.tell(Told(said, figure))

    def has(self, key: str) -> bool:
        """Whether there is a selection of that key."""
        return key in self._views

    def choose(self, key: str) -> None:
        """Choose a selection by its key ("" for all)."""
        self._choose(key)
        self._tell()

    def _choose(self, key: str) -> None:
        self._chosen = key if key in self._views else _ALL
        view = self._views.get(self._chosen)
        if view is not None and not any(chip.property(_KEY) == self._chosen for chip in self._group.buttons()):
            self._add_chip(view.key, view.label, len(view.ids), view.light)
        for chip in self._group.buttons():
            chip.setChecked(chip.property(_KEY) == self._chosen)

    def pin(self, name: str, value: str, text: str) -> None:
        """Keep to one value of a filter that has no box, told in words."""
        self._pin_to((name, value, text))
        self._tell()

    def _pin_to(self, pin: tuple[str, str, str] | None) -> None:
        self._pin = pin
        self._pinned.setText(f"{pin[2].replace('&', '&&')} ×" if pin else "")
        self._pinned.setVisible(pin is not None)
        self._row.arrange()

    def _unpin(self) -> None:
        self._pin_to(None)
        self._tell()

    def keep(self, ids: frozenset[str], text: str) -> None:
        """Keep to these records, told in words (what a search found)."""
        self._keep_to((ids, text))
        self._tell()

    def _keep_to(self, kept: tuple[frozenset[str], str] | None) -> None:
        self._kept = kept
        self._found.setText(f"{kept[1].replace('&', '&&')} ×" if kept else "")
        self._found.setVisible(kept is not None)
        self._row.arrange()

    def _keep_no_more(self) -> None:
        self._keep_to(None)
        self._tell()

    def put(self, facet: str, condition: Condition | None, words: str) -> None:
        """Put a condition on a heading, told in words; None takes it off."""
        self._put(facet, condition, words)
        self._tell()

    def _put(self, facet: str, condition: Condition | None, words: str) -> None:
        if facet in self._met:
            self._row.drop(self._met.pop(facet)[2])
        if condition is not None:
            chip = QPushButton(f"{words.replace('&', '&&')} ×")
            chip.setToolTip("点一下取消这项筛选")
            chip.setAccessibleName(f"筛选 {words}，按下取消")
            chip.clicked.connect(lambda: self.put(facet, None, ""))
            self._row.add(chip, before=self._clear)
            self._met[facet] = (condition, words, chip)

    def condition(self, facet: str) -> Condition | None:
        """What is put on a heading."""
        return self._met[facet][0] if facet in self._met else None

    def set_all(
        self,
        chosen: str,
        values: Mapping[str, str | None],
        pin: tuple[str, str, str] | None,
        conditions: Sequence[tuple[Condition, str]],
    ) -> None:
        """Want all of this and nothing else."""
        for name, box in self._boxes.items():
            rows = [row for row in range(1, box.count()) if name in values and box.itemData(row)[0] == values[name]]
            box.setCurrentIndex(rows[0] if rows else 0)
        self._pin_to(pin)
        self._keep_to(None)
        for facet in list(self._met):
            self._put(facet, None, "")
        for condition, words in conditions:
            self._put(condition.facet, condition, words)
        if chosen and chosen not in self._views:
            self._views[chosen] = View(chosen, "已没有记录的一类", frozenset(), chip=False)
        self.choose(chosen)

    def clear(self) -> None:
        """Want everything again."""
        self.set_all(_ALL, {}, None, ())

    def _tell(self) -> None:
        self._show_clear()
        self.changed.emit()

    def compact(self, *, on: bool) -> None:
        """On a low window the list needs the room: boxes nobody chose in stand back, the headings filter the same."""
        if self._compact != on:
            self._compact = on
            self._show_clear()

    def _show_clear(self) -> None:
        self._clear.setEnabled(self.anything)
        chosen = [box.currentData() is not None for box in self._boxes.values()]
        for box, used in zip(self._boxes.values(), chosen, strict=True):
            box.setVisible(used or not self._compact)
        self._row.setVisible(not self._compact or self.anything)
        self._row.arrange()


def chip_style(palette: Palette, colour: str) -> str:
    """The look of a chip whose word has a colour."""
    return (
        f"QToolButton {{ color: {colour}; border-radius: 10px; padding: 3px 9px; }}"
        f"QToolButton:checked {{ background: {palette.selected}; border-color: {palette.accent}; font-weight: 600; }}"
    )
