"""The manual's pictures and places are there, and its keys are those of the window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chain_office.ui.keys import GROUPS
from tests.pictures.paper_pages import SHEETS
from tests.pictures.states import STATES

DOCS = Path(__file__).resolve().parent.parent / "docs"
TEXT = (DOCS / "使用手册.md").read_text("utf-8")
KEY = re.compile(r"(?<![\w+])(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z0-9]\b|↓)|(?<![\w+])F\d+\b")
ELSEWHERE = {"Ctrl+V", "Alt+↓", "Ctrl+P", "F2"}
"""Keys of a list's own: pasted rows, a heading's filter, the list on paper, a cell."""


@pytest.mark.parametrize("picture", sorted(set(re.findall(r"\]\((pictures/[^)]+)\)", TEXT))))
def test_a_picture_is_there_and_is_taken_anew_by_the_pictures_command(picture: str) -> None:
    assert (DOCS / picture).is_file()
    assert Path(picture).stem in {*STATES, *SHEETS}


def test_every_place_it_points_to_is_a_heading() -> None:
    headings = {line.lstrip("# ").strip() for line in TEXT.splitlines() if line.startswith("#")}
    for place in re.findall(r"\]\(#([^)]+)\)", TEXT):
        assert place in headings


def test_its_keys_are_the_window_s() -> None:
    known = {keys for group in GROUPS for key in group.keys for keys in key.keys}
    for named in set(KEY.findall(TEXT)):
        assert named in known | ELSEWHERE, named
