"""口径: growth of the same firms beside nominal growth, and the bridge between them, firm by firm, as table and chart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.domain.money import format_money, show_money
from chain_office.queries.output_desk import bridge
from chain_office.services.charting import WIDTH_INCHES, ChartOrder, order_chart, picture_chart
from chain_office.services.explaining.output_parts import rate_figures, sum_figure
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine, Told
from chain_office.ui.kit.figure_menu import rows_place
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.picture import PictureView
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from chain_office.domain.output_bridge import Bridge, BridgeFirm, BridgeLine
    from chain_office.services.ledgers import Ledger
    from chain_office.services.workshop import Workshop
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_CHART: Final = "growth-bridge"
_COLUMNS: Final = (Column("哪一步、哪家企业", 250), Column("金额(万元)", 110, right=True), Column("为什么", 280))
_WHY: Final = {
    "left": "上年计入，本年已退规，两边都不计",
    "silent": "上年计入，本年没有报数，两边都不计",
    "now_unbased": "没有同期数，两边都不计",
}
_DPI: Final = (96, 220)


class BridgePart(Part):
    """口径."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "monthly_output", "published_total", "enterprise", "register_spell", "output_correction",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Bridge | None = None
        self._order: ChartOrder | None = None
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开这家企业", "building-2", self._open_current)
        self.bar.add("复制说明", "copy", self.copy)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.same, self.nominal, self.gap = (FigureLine("figure") for _ in range(3))
        self.same_said, self.nominal_said, self.gap_said = (label("", "quiet") for _ in range(3))
        self.sums = FigureLine("quiet", wrap=True)
        for line in (self.same, self.nominal, self.gap, self.sums):
            line.opened.connect(lambda figure: self.page.show_record(rows_place(figure)[1]))
        self.model = GroupedModel(_COLUMNS, office.palette)
        self.view = GroupedView(self.model, stretch=2)
        self.view.setAccessibleName("名义与同口径差别，逐家企业")
        self.view.opened.connect(lambda firm: self.page.show_record(f"enterprise:{firm}"))
        self.picture = PictureView()
        self.picture.setMinimumSize(240, 160)
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(32)
        for figure, said in (
            (self.same, self.same_said),
            (self.nominal, self.nominal_said),
            (self.gap, self.gap_said),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(said)
            column.addWidget(figure)
            row.addLayout(column)
        row.addStretch(1)
        split = QSplitter()
        split.addWidget(self.view)
        split.addWidget(self.picture)
        split.setChildrenCollapsible(False)
        split.setSizes([640, 570])
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(row)
        inside.addWidget(self.sums)
        inside.addWidget(split, 1)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.body, 1)
        self.column.addWidget(self.nothing, 1)
        self.nothing.hide()

    def parts(self) -> tuple[QWidget, ...]:
        """The table, the buttons."""
        return (self.view, self.bar)

    # Reading.

    def refresh(self) -> None:
        """The bridge at the cut-off date; its chart is drawn beside."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[Bridge | None, ChartOrder | None]:
            found = bridge(ledger, day)
            try:
                return found, order_chart(ledger, _CHART, day) if found is not None else None
            except KnownError:
                return found, None

        self.ask(read, lambda found: self._show(day, *found))

    def _show(self, day: date, found: Bridge | None, order: ChartOrder | None) -> None:
        self.found, self._order = found, order
        self.body.setVisible(found is not None)
        self.nothing.setVisible(found is None)
        if found is None:
            self.nothing.setText(
                f"截至 {day.isoformat()}，上年同期的合计或同口径基数还不知道，比不出来。\n"
                "录入上年各月产值（或登记上年公布数）以后，这里逐家企业说明名义增速与同口径增速为什么不同。"
            )
            return
        period = _period(found)
        self.same_said.setText(f"同口径增速（{period}，现价）")
        same, nominal, gapped = rate_figures(found, day)
        self.same.tell(Told(_percent(found.same_sample_percent), same))
        self.nominal_said.setText("名义增速（按公布数）")
        self.nominal.tell(Told(_percent(found.nominal_percent), nominal))
        both = found.same_sample_percent, found.nominal_percent
        gap = None if both[0] is None or both[1] is None else both[0] - both[1]
        self.gap_said.setText("同口径 − 名义")
        self.gap.tell(Told("—" if gap is None else f"{gap:+} 个百分点", gapped))
        lines = _sentence(found).split("\n")
        sides = zip(lines, ("output.base_yuan", "output.total_yuan"), strict=True)
        told = [Told(text, sum_figure(found, day, key)) for text, key in sides]
        self.sums.tell(told[0], "\n", told[1])
        self.model.show_groups([_group(one, last_year=one in found.lines) for one in (*found.lines, *found.now_lines)])
        if not (found.lines or found.now_lines):
            self.model.show([Line("", ("没有差别：上年公布的企业与今年的是同一批，同期数也没有调整",))])
        self._draw()

    def _draw(self) -> None:
        order = self._order
        if order is None:
            self.picture.say("")
            return
        workshop, wide = self.office.work.workshop, self.picture.width() * self.picture.devicePixelRatioF()
        dpi = max(_DPI[0], min(_DPI[1], round(wide / WIDTH_INCHES)))
        self.office.work.aside(
            lambda: _picture(workshop, order, dpi),
            lambda image: (
                self.picture.show_picture(image, "名义增速与同口径增速的差别") if order is self._order else None
            ),
            owner=self,
            failed=lambda _error: self.picture.say("这张图没有画出来；表里的数是全的。"),
        )

    # Acts.

    def _open_current(self) -> None:
        now = self.view.currentIndex()
        firm = self.model.line(now.row()).id if now.isValid() else ""
        if firm:
            self.page.show_record(f"enterprise:{firm}")

    def copy(self) -> None:
        """Put the gap in words on the clipboard."""
        if self.found is not None:
            QGuiApplication.clipboard().setText(explained(self.found))
            self.office.said.emit("已复制名义与同口径差别的说明")

    def print(self) -> None:
        """The bridge as a list, with its equation."""
        found = self.found
        if found is None:
            return
        rows = []
        for one in (*found.lines, *found.now_lines):
            rows.append((one.label, _wan(one.yuan, signed=True), f"{len(one.firms)} 家"))
            rows += [(f"　{firm.name}", _wan(firm.yuan, signed=True), _why(one, firm)) for firm in one.firms]
        self.printing.print("名义增速与同口径增速的差别", _COLUMNS, rows, [f"{_period(found)}。", explained(found)])


def _percent(value: Decimal | None) -> str:
    return "未知" if value is None else f"{value:+}%"


def _wan(yuan: int, *, signed: bool = False) -> str:
    text = format_money(yuan, "万元", 2 if yuan % 10_000 else 0)
    return f"+{text}" if signed and yuan > 0 else text


def _period(found: Bridge) -> str:
    first, last = found.from_month, found.to_month
    months = f"{int(last[5:])}月" if first == last else f"{int(first[5:])}—{int(last[5:])}月"
    return f"{last[:4]}年{months}"


def _sentence(found: Bridge) -> str:
    """The equation of both sides in words."""
    steps = "".join(f" {'+' if yuan > 0 else '−'} {label} {show_money(abs(yuan))}" for label, yuan in found.steps)
    stated = "上年公布数" if found.stated else "上年同期（当时报送企业合计）"
    before = f"{stated} {show_money(found.published_yuan)}{steps} = 同口径基数 {show_money(found.base_yuan)}"
    now_steps = "".join(
        f" {'+' if one.yuan > 0 else '−'} {one.label} {show_money(abs(one.yuan))}"
        for one in found.now_lines
        if one.yuan
    )
    now = f"本年合计 {show_money(found.now_published_yuan)}{now_steps} = 同口径产值 {show_money(found.total_yuan)}"
    return f"{before}\n{now}"


def explained(found: Bridge) -> str:
    """The gap in words, for a report: both rates, the equation, the firms of every step."""
    said = [
        f"{_period(found)}产值同口径增长 {_percent(found.same_sample_percent)}，名义增长 {_percent(found.nominal_percent)}"
        "（现价）。",
        *(f"{one}。" for one in _sentence(found).splitlines()),
    ]
    for one in (*found.lines, *found.now_lines):
        names = "、".join(firm.name for firm in one.firms)
        said.append(f"{one.label} {len(one.firms)} 家：{names}。")
    return "\n".join(said)


def _why(one: BridgeLine, firm: BridgeFirm) -> str:
    return firm.why or _WHY.get(one.key, "")


def _group(one: BridgeLine, *, last_year: bool) -> Group:
    side = "上年一边" if last_year else "本年一边"
    return Group(
        one.key,
        f"{one.label}　{len(one.firms)} 家　{_wan(one.yuan, signed=True)} 万元　（{side}）",
        tuple(Line(firm.id, (firm.name, _wan(firm.yuan, signed=True), _why(one, firm))) for firm in one.firms),
    )


def _picture(workshop: Workshop, order: ChartOrder, dpi: int) -> QImage:
    """The chart drawn in the workshop; runs on the bench."""
    raw = workshop.do(partial(picture_chart, mono=False), order, dpi)
    return QImage(raw.data, raw.width, raw.height, raw.width * 4, QImage.Format.Format_RGBA8888).copy()


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
