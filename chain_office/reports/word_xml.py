"""WordprocessingML in few words: elements, runs and paragraphs. Text goes in as data, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS = 20  # in a point


def twips(points: float) -> str:
    """As Word writes lengths."""
    return str(round(points * TWIPS))


def node(tag: str, *children: BaseOxmlElement, **values: object) -> BaseOxmlElement:
    """An element of the main namespace; `type_="x"` is w:type="x"."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, style: str = "", *extra: BaseOxmlElement) -> BaseOxmlElement:
    """A run in East Asian guise, so that “ ” — … are set full-width; line ends become breaks. `style`: of characters."""
    properties = node("rPr")
    if style:
        properties.append(node("rStyle", val=style))
    properties.append(node("rFonts", hint="eastAsia"))
    for one in extra:
        properties.append(one)
    made = node("r", properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(node("br"))
        words = node("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def paragraph(style: str, *content: BaseOxmlElement | str, **properties: BaseOxmlElement | None) -> BaseOxmlElement:
    """A paragraph in a style; `properties` in the schema's order (keep, tabs, spacing, indent, align, section)."""
    made = node("pPr", node("pStyle", val=style))
    for one in properties.values():
        if one is not None:
            made.append(one)
    out = node("p", made)
    for part in content:
        out.append(run(part) if isinstance(part, str) else part)
    return out


def field(instruction: str, shown: str = "1") -> list[BaseOxmlElement]:
    """A field such as PAGE, with what is shown until it is counted."""
    order = node("r", node("instrText"))
    order[0].text = f" {instruction} "
    order[0].set(qn("xml:space"), "preserve")
    return [
        node("r", node("fldChar", fldCharType="begin")),
        order,
        node("r", node("fldChar", fldCharType="separate")),
        run(shown),
        node("r", node("fldChar", fldCharType="end")),
    ]


def em_width(text: str) -> float:
    """Its length in characters, half a one for Latin letters and digits."""
    return sum(0.5 if ord(char) < 0x2000 and char not in "·×÷°±§" else 1.0 for char in text)
