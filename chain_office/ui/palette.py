"""Colours and the style sheet made from them: one palette, light and dark. Every light also has a word."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(slots=True)
class Palette:
    """Named colours. Contrast of text on its ground is at least 4.5:1 in both palettes. The one in use is handed to every
    widget and changes its colours when the appearance does; LIGHT and DARK never do."""

    ground: str
    paper: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    selected: str
    red: str
    amber: str
    green: str
    blue: str
    grey: str
    stamp: str

    def become(self, other: Palette) -> None:
        """Take on another palette's colours."""
        for one in fields(other):
            setattr(self, one.name, getattr(other, one.name))


LIGHT = Palette(
    ground="#F3F4F4", paper="#FFFFFF", raised="#FAFBFB", line="#D9DDDE", text="#1F2527", quiet="#5A6467",
    accent="#1B6070", on_accent="#FFFFFF", selected="#DCEBEE", red="#B3261E", amber="#8A5A00", green="#2C6B3A",
    blue="#2A5FA5", grey="#6A7275", stamp="#B3261E",
)  # fmt: skip
DARK = Palette(
    ground="#1C2022", paper="#24292B", raised="#2A3033", line="#4A5458", text="#E6EAEB", quiet="#A9B2B5",
    accent="#6FB8C6", on_accent="#10191B", selected="#2F4A50", red="#F2958E", amber="#E3B25A", green="#86C693",
    blue="#8FB8EE", grey="#A3ACAF", stamp="#F2958E",
)  # fmt: skip


def style_sheet(p: Palette, scale: float = 1.0) -> str:
    """The window's style sheet: what the style itself does not know. Everything else follows the palette, so that scroll
    bars, boxes and menus keep the style's own drawing. ``scale``: how much larger than usual texts are."""
    return f"""
    QToolTip {{ color: {p.text}; background: {p.paper}; border: 1px solid {p.line}; padding: 4px; }}
    QLabel {{ background: transparent; }}
    QLabel[role="quiet"] {{ color: {p.quiet}; }}
    QLabel[role="title"] {{ font-size: {13 * scale:.1f}pt; font-weight: 600; }}
    QLabel[role="figure"] {{ font-size: {18 * scale:.1f}pt; font-weight: 600; }}
    QLabel[role="section"] {{ font-weight: 600; }}
    QLabel[role="stamp"] {{ color: {p.stamp}; border: 1px solid {p.stamp}; padding: 1px 6px; font-weight: 600; }}
    QLabel[light="red"] {{ color: {p.red}; font-weight: 600; }}
    QLabel[light="amber"] {{ color: {p.amber}; font-weight: 600; }}
    QLabel[light="green"] {{ color: {p.green}; }}
    QLabel[light="blue"] {{ color: {p.blue}; }}
    QLabel[light="grey"] {{ color: {p.grey}; }}
    QFrame[role="card"] {{ background: {p.paper}; border: 1px solid {p.line}; border-radius: 4px; }}
    QFrame#found {{ background: {p.paper}; border: 1px solid {p.line}; border-radius: 4px; }}
    QFrame#found QListView {{ border: 0; }}
    QFrame[role="bar"] {{ background: {p.raised}; border: 0; border-bottom: 1px solid {p.line}; }}
    QFrame[role="foot"] {{ background: {p.raised}; border: 0; border-top: 1px solid {p.line}; }}
    QFrame[role="steps"] {{ background: {p.raised}; border: 0; border-bottom: 1px solid {p.line}; }}
    QFrame[role="standing"] {{ background: {p.raised}; border: 1px solid {p.line}; border-radius: 4px; }}
    QFrame[role="side"] {{ background: {p.raised}; border: 0; border-right: 1px solid {p.line}; }}
    QFrame[role="views"] {{ background: {p.raised}; border: 0; border-bottom: 1px solid {p.line}; }}
    QToolButton[role="view"] {{
        background: transparent; border: 0; border-bottom: 2px solid transparent; border-radius: 0; padding: 6px 9px 5px 9px; }}
    QToolButton[role="view"]:hover {{ background: {p.ground}; }}
    QToolButton[role="view"]:checked {{ border-bottom-color: {p.accent}; color: {p.accent}; font-weight: 600; }}
    QToolButton[role="view"]:focus {{ background: {p.selected}; }}
    QFrame[role="column"] {{ background: {p.raised}; border: 1px solid {p.line}; border-radius: 4px; }}
    QFrame[role="column"][state="open"] {{ border-color: {p.accent}; background: {p.selected}; }}
    QListView[role="board"] {{ background: {p.raised}; border: 0; }}
    QToolButton[role="folded"] {{ background: transparent; border: 0; }}
    QToolButton[role="folded"]:focus {{ background: {p.selected}; }}
    QFrame[role="notice"] {{ background: {p.selected}; border: 0; border-bottom: 1px solid {p.line}; }}
    QFrame[role="notice"][light="red"] {{ border-left: 4px solid {p.red}; }}
    QFrame[role="notice"][light="amber"] {{ border-left: 4px solid {p.amber}; }}
    QLabel[role="key"] {{ border: 1px solid {p.line}; border-radius: 3px; padding: 1px 6px; background: {p.paper}; }}
    QPushButton[role="small"] {{ padding: 1px 8px; }}
    QPushButton[role="door"] {{ padding: 14px 16px; font-size: {11 * scale:.1f}pt; font-weight: 600; }}
    QListWidget[role="nav"] {{ background: transparent; border: 0; outline: 0; }}
    QListWidget[role="nav"]::item {{ padding-left: 10px; border-left: 3px solid transparent; }}
    QListWidget[role="nav"]::item:selected {{ background: {p.selected}; color: {p.text}; border-left-color: {p.accent}; }}
    QListWidget[role="nav"]::item:focus {{ border-left-color: {p.accent}; }}
    QLineEdit, QPlainTextEdit {{
        background: {p.paper}; border: 1px solid {p.line}; border-radius: 3px; padding: 3px 6px;
        selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {p.accent}; }}
    QLineEdit[state="wrong"], QPlainTextEdit[state="wrong"] {{ border-color: {p.red}; }}
    QLineEdit[state="doubtful"], QPlainTextEdit[state="doubtful"] {{ border-color: {p.amber}; }}
    QLineEdit:disabled, QLineEdit:read-only {{ background: {p.raised}; color: {p.text}; }}
    QLabel[role="wrong"] {{ color: {p.red}; }}
    QLabel[role="doubtful"] {{ color: {p.amber}; }}
    QWidget[role="form"] {{ background: {p.paper}; }}
    QFrame[role="rule"] {{ border: 0; border-top: 1px solid {p.line}; max-height: 1px; }}
    QFrame[role="offers"] {{ background: {p.paper}; border: 1px solid {p.accent}; border-radius: 3px; }}
    QFrame[role="offers"] QListView {{
        border: 0; selection-background-color: {p.selected}; selection-color: {p.text}; }}
    QFrame[role="offers"] QCalendarWidget QWidget {{ alternate-background-color: {p.raised}; }}
    QFrame[role="offers"] #qt_calendar_navigationbar {{ background: {p.raised}; }}
    QFrame[role="offers"] #qt_calendar_navigationbar QToolButton {{
        background: transparent; border: 0; padding: 3px 8px; color: {p.text}; font-weight: 600; }}
    QRadioButton::indicator {{
        width: 13px; height: 13px; border: 1px solid {p.quiet}; border-radius: 7px; background: {p.paper}; }}
    QRadioButton::indicator:checked {{
        width: 7px; height: 7px; border: 4px solid {p.accent}; border-radius: 7px; background: {p.paper}; }}
    QCheckBox::indicator {{
        width: 13px; height: 13px; border: 1px solid {p.quiet}; border-radius: 3px; background: {p.paper}; }}
    QCheckBox::indicator:checked {{
        width: 7px; height: 7px; border: 4px solid {p.accent}; border-radius: 3px; background: {p.paper}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {p.accent}; text-decoration: underline; }}
    QPushButton[role="chip"] {{ padding: 1px 8px; color: {p.accent}; }}
    QPushButton[role="chip"]:checked {{ background: {p.selected}; border-color: {p.accent}; font-weight: 600; }}
    QPushButton, QToolButton {{
        background: {p.paper}; border: 1px solid {p.line}; border-radius: 3px; padding: 4px 10px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {p.accent}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {p.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {p.grey}; }}
    QPushButton[role="primary"], QToolButton[role="primary"] {{
        background: {p.accent}; color: {p.on_accent}; border-color: {p.accent}; }}
    QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled {{
        background: {p.line}; color: {p.quiet}; border-color: {p.line}; }}
    QToolButton[role="flat"] {{ background: transparent; border-color: transparent; }}
    QToolButton[role="flat"]:focus {{ border-color: {p.accent}; }}
    QTableView, QTreeView, QListView, QTableWidget {{
        background: {p.paper}; alternate-background-color: {p.raised}; border: 1px solid {p.line};
        gridline-color: {p.line}; selection-background-color: {p.selected}; selection-color: {p.text}; }}
    QHeaderView::section {{
        background: {p.raised}; border: 0; border-right: 1px solid {p.line}; border-bottom: 1px solid {p.line};
        padding: 4px 6px; font-weight: 600; }}
    QComboBox[state="missing"] {{ color: {p.red}; }}
    QSplitter::handle {{ background: {p.line}; }}
    QScrollArea {{ border: 0; }}
    QWidget[role="start"] {{ background: {p.ground}; }}
    QProgressBar {{ background: {p.paper}; border: 1px solid {p.line}; border-radius: 3px; text-align: center; }}
    QProgressBar::chunk {{ background: {p.accent}; }}
    """
