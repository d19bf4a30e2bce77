"""总览: what is due, what is overdue and with whom, what moved, and the five headline figures, in one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.services.agenda import AHEAD
from chain_office.services.explaining.output_parts import month_figures
from chain_office.services.overview import BACK
from chain_office.ui.kit.desk_parts import LIST
from chain_office.ui.kit.desk_parts.page_views import PageViews
from chain_office.ui.kit.figure_card import FigureCard
from chain_office.ui.kit.figure_menu import FigureOffer, rows_place
from chain_office.ui.kit.figure_tips import page_of
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.list_section import ListSection
from chain_office.ui.kit.moments import local
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.squeezed_room import SqueezedRoom
from chain_office.ui.kit.strips import MonthBars, PartsStrip
from chain_office.ui.page import Page
from chain_office.ui.pages.overview_parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.figures import Figure
    from chain_office.queries.due import Due
    from chain_office.queries.output import MonthPoint
    from chain_office.queries.overview import Item
    from chain_office.services.issuing import Move, Moved
    from chain_office.services.ledgers import Ledger
    from chain_office.services.overview import Attention, Happened, Headlines
    from chain_office.ui.office import Office
    from chain_office.ui.palette import Palette

_CARDS = 5
_MOST = 200
"""So many duties the list shows; 日程 has them all."""
_TALL = 800
"""From this height on the months have a chart of their own below."""
_NARROW = 900
"""Below this width the lists stand under each other."""
_LOWEST, _LOWEST_NARROW = 560, 1080
"""Lower than this the page is scrolled: a list of which nothing is seen says nothing."""
_LATELY = f"近 {BACK} 日"


class OverviewPage(Page):
    """总览."""

    id: ClassVar[str] = "overview"
    title: ClassVar[str] = "总览"
    icon_name: ClassVar[str] = "layout-dashboard"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        palette = office.palette
        self.cards = [FigureCard(palette) for _ in range(_CARDS)]
        self._references = [("", "")] * _CARDS
        for place, card in enumerate(self.cards):
            card.opened.connect(lambda place=place: self._open_card(place))
            card.figure_opened.connect(self._open_figure)
        self.overdue = ListSection(
            palette, (Column("承办单位", 104), Column("问题"), Column("企业", 190), Column("逾期", 124, right=True)), 1
        )
        self.due = ListSection(
            palette, (Column("到期日", 88), Column("事项", 68), Column("内容"), Column("谁办", 120)), 2
        )
        self.pooled = ListSection(palette, (Column("复核日", 88), Column("问题"), Column("企业", 170)), 1)
        self.due.view.opened.connect(self._open_due)
        self.due.more.setText("日程")
        self.due.more.setToolTip("打开日程：全部到期的事项，按月按天看")
        self.due.more.clicked.connect(lambda: self.show_record("view:agenda/ahead"))
        for section, key in ((self.overdue, "overdue"), (self.pooled, "pooled")):
            section.view.opened.connect(self._open_row)
            section.more.clicked.connect(
                lambda _=False, key=key: self.wanted.emit("problems", f"figure:problems.{key}")
            )
        self.moved = ListSection(palette, (Column("变化", 84), Column("事项"), Column("从 → 到", 216)), 1)
        self.moved.view.opened.connect(self._open_row)
        self.moved.more.setText("材料")
        self.moved.more.setToolTip("在“材料”里打开")
        self.moved.more.clicked.connect(lambda: self.wanted.emit("papers", ""))
        self._lately: tuple[Happened, ...] = ()
        self._figures: Mapping[str, Figure] = {}
        self._due: Mapping[str, Due] = {}
        self._asked: object = None
        self.months = MonthBars(palette)
        self.months.figure_opened.connect(self._open_figure)
        self._months_title = label("", "section")
        self._stage_figures: tuple[Figure, ...] = ()
        self.projects = self._make_projects(palette)
        self.overdue.offer_figures(lambda: self._heading_figures("overdue"), self._open_figure)
        self.due.offer_figures(lambda: self._heading_figures("today", "ahead"), self._open_figure)
        self.pooled.offer_figures(lambda: self._heading_figures("pooled", "to_review"), self._open_figure)
        self._last = label("", "quiet")
        self._lay_out()

    def _make_projects(self, palette: Palette) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setToolTip("在“项目”里打开")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.wanted.emit("projects", "figure:projects.total"))
        self._stages = PartsStrip(palette)
        self._stages.setFixedWidth(220)
        FigureOffer(button, lambda _at: self._stage_figures, self._open_figure)
        return button

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(8)
        for card in self.cards:
            cards.addWidget(card, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        left.addWidget(self.overdue, 6)
        left.addWidget(self.moved, 5)
        right.addWidget(self.due, 4)
        right.addWidget(self.pooled, 5)
        self._body = body = QHBoxLayout()
        body.setSpacing(8)
        body.addLayout(left, 11)
        body.addLayout(right, 9)
        inside = QWidget()
        self._room = SqueezedRoom(inside)
        self._room.lowest = _LOWEST
        self.views = PageViews(self, PARTS, self._room, self._read)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(cards)
        column.addWidget(self._make_line())
        column.addLayout(body, 3)
        self._months_paper = self._make_months()
        self._months_paper.hide()
        column.addWidget(self._months_paper, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is room the months are drawn large."""
        super().resizeEvent(event)
        self._months_paper.setVisible(event.size().height() >= _TALL)
        narrow = event.size().width() < _NARROW
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._room.lowest = _LOWEST_NARROW if narrow else _LOWEST
        self._room.fit()

    def _make_months(self) -> QFrame:
        more = QToolButton()
        more.setProperty("role", "flat")
        more.setText("打开图表")
        more.setToolTip("在“图表”里打开，可以复制和保存")
        more.clicked.connect(lambda: self.wanted.emit("charts", "chart:output-monthly"))
        head = QHBoxLayout()
        head.addWidget(self._months_title, 1)
        head.addWidget(more)
        paper = QFrame()
        paper.setProperty("role", "card")
        column = QVBoxLayout(paper)
        column.setContentsMargins(12, 4, 8, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.months, 1)
        return paper

    def _make_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "card")
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 3, 12, 3)
        row.setSpacing(8)
        row.addWidget(self.projects)
        row.addWidget(self._stages)
        row.addStretch(1)
        row.addWidget(self._last)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return line

    def refresh(self) -> None:
        """Read the view that is shown again; the other when it is."""
        self.views.refresh()

    def show_record(self, reference: str) -> None:
        """Another view ("view:agenda/2021-11-19")."""
        kind, _, name = reference.partition(":")
        view, _, place = name.partition("/")
        self.views.choose(view if kind == "view" else LIST, place)

    def where(self) -> str:
        """The view shown, "" for what stands in it at a glance."""
        return self.views.where()

    def show_rows(self, ids: Collection[str], words: str) -> None:
        """Nothing: its rows are on the desks."""

    def has_view(self, view_id: str) -> bool:
        """Whether there is such a view."""
        return any(kind.id == view_id for kind in PARTS)

    def parts(self) -> tuple[QWidget, ...]:
        """The strip, and what stands in the view shown."""
        shown = self.views.part
        rest = shown.parts() if shown is not None else (*self.cards, self.overdue.view, self.due.view)
        return (self.views.strip, *rest)

    def _read(self) -> None:
        """Read it all again, at the cut-off date: the headline figures first."""
        day = self.office.as_of

        def read(ledger: Ledger) -> Headlines:
            from chain_office.services import overview

            return overview.headlines(ledger, day)

        def read_lists(ledger: Ledger) -> Attention:
            from chain_office.services import overview

            return overview.attention(ledger, day)

        def read_months(ledger: Ledger) -> tuple[MonthPoint, ...]:
            from chain_office.services import overview

            return overview.months(ledger, day)

        asked = self._asked = object()

        def compare(ledger: Ledger) -> tuple[Moved | None]:
            from chain_office.services import issuing

            return (issuing.since(ledger, day),)

        self.office.work.ask(read, self._show, owner=self)
        self.office.work.ask(read_lists, self._show_lists, owner=self)
        self.office.work.ask(read_months, self._show_months, owner=self)

        def count(ledger: Ledger) -> int:
            from chain_office.services import overview

            return overview.missed(ledger, day)

        self.office.work.spare(
            count,
            lambda number: self.views.count("agenda", number, f"过期未办 {number} 件" if number else ""),
            owner=self,
            wanted=lambda: self._asked is asked,
        )
        self.office.work.spare(  # it reads all there is: whatever else is asked goes first
            compare,
            lambda found: self._show_moved(*found) if self._asked is asked else None,
            owner=self,
            wanted=lambda: self._asked is asked,
        )

    def _show(self, found: Headlines) -> None:
        for place, (widget, card) in enumerate(zip(self.cards, found.cards, strict=True)):
            widget.show_card(card)
            self._references[place] = (card.page, card.reference)
        total = sum(part.number for part in found.stages)
        said = "  ".join(f"{part.number} {part.word}" for part in found.stages if part.number)
        self.projects.setText(f"项目 {total} 个  {said}")
        self._stages.show_parts(found.stages)
        self._stage_figures = found.stage_figures

    def _show_lists(self, found: Attention) -> None:
        self._figures = found.figures
        self._show_overdue(found)
        self._show_due(found)
        self._show_pooled(found)
        self._lately = found.lately

    def _show_months(self, found: tuple[MonthPoint, ...]) -> None:
        self.cards[-1].show_months(found)
        self.months.show_months(found, tuple(month_figures(self.office.as_of, one) for one in found))
        title = f"各月产值（{self.months.unit}，同口径；浅色为上年同期，下方为同比）"
        self._months_title.setText(title if found else "各月产值：还没有企业报数")

    def _show_overdue(self, found: Attention) -> None:
        lines = [
            Line(_id(one), (one.who, one.text, one.firm, found.late[one.id]), ("", "", "quiet", "red"))
            for one in found.overdue.rows
        ]
        total = found.overdue.total
        self.overdue.fill(
            f"逾期 {total} 件" + _cut(total, lines), lines, "没有逾期的问题。", "red" if total else "green"
        )

    def _show_due(self, found: Attention) -> None:
        lines = [
            Line(one.id, (one.day.isoformat(), one.word, one.words, one.who), (one.light, "quiet", "", "quiet"))
            for one in found.due[:_MOST]
        ]
        self._due = {one.id: one for one in found.due}
        after = f"接下来是 {found.next_due.day.isoformat()}：{found.next_due.word}。" if found.next_due else ""
        self.due.fill(
            f"今日到期 {found.due_today} 件 · 未来 {AHEAD} 日 {len(found.due)} 件" + _cut(len(found.due), lines),
            lines,
            f"未来 {AHEAD} 日没有到期的事项。{after}",
            "amber" if found.due_today else "",
        )

    def _open_due(self, row_id: str) -> None:
        one = self._due.get(row_id)
        if one is not None:
            self.wanted.emit(one.page, one.reference)

    def _heading_figures(self, *names: str) -> tuple[Figure, ...]:
        return tuple(self._figures[name] for name in names if name in self._figures)

    def _open_figure(self, figure: Figure) -> None:
        page, reference = rows_place(figure)
        if page == self.id:
            self.show_record(reference)
        elif page:
            self.wanted.emit(page, reference)

    def _show_pooled(self, found: Attention) -> None:
        lines = [
            Line(_id(one), (_when(one), one.text, one.firm), (_review_light(one, found), "", "quiet"))
            for one in found.pooled.rows
        ]
        total = found.pooled.total
        self.pooled.fill(
            f"暂不具备 {total} 件 · 到复核日 {found.to_review} 件" + _cut(total, lines),
            lines,
            "没有暂不具备条件的问题；筛选时定为“暂不具备”的会在这里等到复核日。",
            "amber" if found.to_review else "",
        )

    def _show_moved(self, moved: Moved | None) -> None:
        if moved is None:
            self._show_lately()
            return
        from chain_office.services.issuing import LIGHTS, WORDS

        last = moved.last
        lines = [
            Line(
                one.reference,
                (WORDS[one.kind], f"{one.name}　{one.text}".rstrip(), _from_to(one)),
                (LIGHTS[one.kind], "", "quiet"),
            )
            for one in moved.moves
        ]
        counts = " · ".join(f"{word} {number}" for kind, word in WORDS.items() if (number := moved.count(kind)))
        self.moved.fill(
            f"上次材料以来　{counts}" if counts else "上次材料以来",
            lines,
            f"{last.as_of.isoformat()} 的{last.kind}材料之后，到 {moved.as_of.isoformat()} 没有变化。",
        )
        self._last.setText(f"上次材料：{last.kind}，截至 {last.as_of.isoformat()}，{local(last.at)[:10]} 定稿")

    def _show_lately(self) -> None:
        """Without an issued paper the last days are told."""
        lines = [Line(one.reference, (one.word, one.text, ""), ("blue",)) for one in self._lately]
        self.moved.fill(f"{_LATELY}（还没有定稿的材料可比）", lines, f"{_LATELY}没有变化；还没有定稿的材料可比。")
        self._last.setText("还没有定稿的材料")

    def _open_card(self, place: int) -> None:
        page, reference = self._references[place]
        if page:
            self.wanted.emit(page, reference)

    def _open_row(self, reference: str) -> None:
        self.wanted.emit(page_of(reference), reference)


def _id(one: Item) -> str:
    return f"problem:{one.id}"


def _from_to(one: Move) -> str:
    return f"{one.before} → {one.after}" if one.before else one.after


def _when(one: Item) -> str:
    return "未定" if one.day is None else one.day.isoformat()


def _review_light(one: Item, found: Attention) -> str:
    return "amber" if one.day is not None and one.day <= found.as_of else ""


def _cut(total: int, lines: Sequence[Line]) -> str:
    return f"（列出前 {len(lines)} 件）" if total > len(lines) else ""
