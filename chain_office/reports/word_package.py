"""The package around a Word paper: an empty document with our styles to begin from, and the same bytes for the same paper."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import docx

from chain_office.reports.tidying import one_line
from chain_office.reports.word_styles import font_table_xml, styles_xml

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SETTINGS: Final = (
    f'<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY: Final = 255


def blank() -> Document:
    """An empty document with our styles."""
    return docx.Document(BytesIO(_base()))


@cache
def _base() -> bytes:
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"), ("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable"),
        )
    )  # fmt: skip
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(("styles", "settings", "fontTable"), start=1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body><w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/styles.xml": styles_xml(_W),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": font_table_xml(_W),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), _HEAD + text)
    return out.getvalue()


def describe(document: Document, title: str, office: str, number: str, issued: date) -> None:
    """Title, author and dates as file managers show them."""
    moment = datetime(issued.year, issued.month, issued.day, tzinfo=UTC)
    about = document.core_properties
    about.title, about.author, about.subject = (one_line(text)[:_LONGEST_PROPERTY] for text in (title, office, number))
    about.last_modified_by = about.author
    about.language, about.comments, about.keywords = "zh-CN", "", ""
    about.created = about.modified = moment
    about.revision = 1


def packed(document: Document) -> bytes:
    """The document's bytes, the same at whatever hour it is made."""
    raw, out = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, source.read(name))
    return out.getvalue()
