"""Forms saved again by another office suite, as WPS and LibreOffice do, say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.exchange.feedback.read import read_form
from tests.exchange.feedback.forms import sheet_form, word_form
from tests.exchange.feedback.test_reading import FIRST, SECOND, UNIT, expected, told
from tests.libreoffice import convert, needs_calc, needs_writer

if TYPE_CHECKING:
    from pathlib import Path


@needs_writer
@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "plain"])
def test_a_word_form_saved_again(tmp_path: Path, tagged: bool) -> None:
    form = word_form(tmp_path / "表.docx", [FIRST, SECOND], unit=UNIT, day="2021年3月15日", tagged=tagged)
    again = convert(form, "docx", tmp_path / "again")
    open_text = convert(form, "odt", tmp_path / "open")
    for path in (again, open_text, convert(open_text, "docx", tmp_path / "back")):
        found = read_form(path)
        assert told(found) == expected(FIRST, SECOND)
        assert {row.text("unit") for row in found.rows} == {UNIT}
        assert {row.text("filled_day") for row in found.rows} == {"2021年3月15日"}


@needs_calc
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv:Text - txt - csv (StarCalc):44,34,76"])
def test_a_workbook_saved_again(tmp_path: Path, kind: str) -> None:
    form = sheet_form(tmp_path / "表.xlsx", [FIRST, SECOND], unit=UNIT)
    found = read_form(convert(form, kind, tmp_path / "saved"))
    assert told(found) == expected(FIRST, SECOND)
    assert {row.text("unit") for row in found.rows} == {UNIT}
