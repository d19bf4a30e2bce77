"""Who the firm is, in words and labels, and its output month by month: the left of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from chain_office.domain.codes import code_name
from chain_office.domain.contacts import mask_phones
from chain_office.services.explaining.firm_figures import month_figures_of
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.strips import MonthBars

if TYPE_CHECKING:
    from chain_office.queries.dossier import Dossier, Stay
    from chain_office.ui.palette import Palette

_NOTHING = "—"
_SMALLER = 0.74
"""Twelve months with their growth stand side by side."""


class DossierFacts(QScrollArea):
    """Scrolls up and down where the window is low; texts wrap, so that it never scrolls sideways."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("企业基本情况")
        self.bars = MonthBars(palette)
        """Its ``figure_opened`` asks for a month's rows."""
        self.bars.setMinimumHeight(170)
        self.bars.setMaximumHeight(220)
        small = self.bars.font()
        small.setPointSizeF(small.pointSizeF() * _SMALLER)
        self.bars.setFont(small)
        self.curve = label("", "section")
        self._grid_place = QWidget()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.curve)
        self._column.addWidget(self.bars)
        self._column.addWidget(self._grid_place)
        self._column.addStretch(1)
        self.setWidget(self._inside)

    def show_facts(self, found: Dossier, *, phones: bool) -> None:
        """Fill it."""
        self._show_curve(found)
        grid_place = QWidget()
        grid = QGridLayout(grid_place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (word, text, light) in enumerate(facts(found, phones=phones)):
            said = label(text, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            show_light(said, light)
            grid.addWidget(label(word, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
        self._column.replaceWidget(self._grid_place, grid_place)
        self._grid_place.deleteLater()
        self._grid_place = grid_place

    def _show_curve(self, found: Dossier) -> None:
        there = any(one.output_yuan is not None or one.base_yuan is not None for one in found.months)
        self.bars.setVisible(there)
        self.bars.show_months(found.months if there else (), month_figures_of(found) if there else ())
        year = found.months[0].month[:4] if there else ""
        self.curve.setText(
            f"{year}年各月产值（{self.bars.unit}），浅色为上年同月" if there else "产值：本年和上年都没有报数"
        )


def facts(found: Dossier, *, phones: bool) -> tuple[tuple[str, str, str], ...]:
    """Word, text and light of everything that is to be known of a firm."""
    place = "、".join(part for part in (found.district, found.park) if part)
    told = [
        (code_name(found.code) if found.code else "信用代码", found.code or _NOTHING, ""),
        ("简称、曾用名", "、".join(found.other_names), ""),
        ("法定代表人", found.legal_person, ""),
        ("县市区、园区", place or _NOTHING, ""),
        ("产业链环节", found.segment or _NOTHING, ""),
        ("主要产品", found.products, ""),
        ("行业", found.industry, ""),
        ("地址", found.address, ""),
        ("从业人员", "" if found.employees is None else f"{found.employees:,} 人", ""),
        ("联系领导", found.chain_leader, ""),
        ("赋码保护", f"{found.protected_since.isoformat()} 起" if found.protected_since else "", "amber"),
        *(("在册" if not place else "", stay(one), "") for place, one in enumerate(found.stays)),
        *(
            ("联系人" if not at else "", person, "")
            for at, person in enumerate(_people(found, phones=phones) or [_NOTHING])
        ),
        ("备注", found.remark, ""),
    ]
    return tuple(one for one in told if one[1])


def stay(one: Stay) -> str:
    """2020-12-01 入规（规下转规上），2021-08-01 退规（停产注销）."""
    begun = f"{one.entered.isoformat()} 入规" if one.entered else "一直在册（没有入规时间）"
    begun += f"（{one.kind}）" if one.kind else "（方式未填）" if one.entered else ""
    if one.left is None:
        return begun
    return f"{begun}，{one.left.isoformat()} 退规" + (f"（{one.reason}）" if one.reason else "")


def _people(found: Dossier, *, phones: bool) -> list[str]:
    return [
        "　".join(part for part in (one.name, one.post, one.phone if phones else mask_phones(one.phone)) if part)
        for one in found.people
    ]
