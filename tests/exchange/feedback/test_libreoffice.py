"""Forms saved again by another office suite, as WPS and LibreOffice do, say the same."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from chain_office.exchange.feedback.read import read_form
from tests.exchange.feedback.forms import sheet_form, word_form
from tests.exchange.feedback.test_reading import FIRST, SECOND, UNIT, expected, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
_SECONDS = 180


@pytest.fixture(scope="module")
def save_as(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Open a file in LibreOffice and save it in another format (the ending, or ending:filter)."""
    profile = tmp_path_factory.mktemp("libreoffice")

    def save(path: Path, kind: str) -> Path:
        folder = tmp_path_factory.mktemp("saved")
        assert SOFFICE is not None
        command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)],
            check=True,
            timeout=_SECONDS,
            capture_output=True,
            env=os.environ,
        )
        saved = next(folder.iterdir(), None)
        if saved is None:
            pytest.skip(f"this LibreOffice does not save {path.suffix} as {kind}")
        return saved

    return save


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "plain"])
def test_a_word_form_saved_again(tmp_path: Path, save_as: Callable[[Path, str], Path], tagged: bool) -> None:
    form = word_form(tmp_path / "表.docx", [FIRST, SECOND], unit=UNIT, day="2021年3月15日", tagged=tagged)
    again = save_as(form, "docx:MS Word 2007 XML")
    open_text = save_as(form, "odt")
    for path in (again, open_text, save_as(open_text, "docx:MS Word 2007 XML")):
        found = read_form(path)
        assert told(found) == expected(FIRST, SECOND)
        assert {row.text("unit") for row in found.rows} == {UNIT}
        assert {row.text("filled_day") for row in found.rows} == {"2021年3月15日"}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv:Text - txt - csv (StarCalc):44,34,76"])
def test_a_workbook_saved_again(tmp_path: Path, save_as: Callable[[Path, str], Path], kind: str) -> None:
    form = sheet_form(tmp_path / "表.xlsx", [FIRST, SECOND], unit=UNIT)
    found = read_form(save_as(form, kind))
    assert told(found) == expected(FIRST, SECOND)
    assert {row.text("unit") for row in found.rows} == {UNIT}
