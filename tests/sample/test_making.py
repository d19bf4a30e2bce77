"""The committed books are what the committed script writes."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

import make
from making.firms import CHARSET, INVENTED
from tests.sample.reading import BOOKS, FOLDER

if TYPE_CHECKING:
    from pathlib import Path


def members(path: Path) -> dict[str, bytes]:
    """A workbook's parts: compressed bytes may differ between machines, these may not."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make.main(folder)
    return folder


def test_the_books_named_are_the_books_there():
    assert [path.name for path in BOOKS] == sorted(make.BOOKS)


@pytest.mark.parametrize("name", sorted(make.BOOKS))
def test_a_committed_book_is_what_the_script_writes(made, name):
    assert members(made / name) == members(FOLDER / name)


def test_the_committed_figures_are_what_the_script_counts(made):
    assert (made / "expected.json").read_text("utf-8") == (FOLDER / "expected.json").read_text("utf-8")


def test_a_second_making_writes_the_same_bytes(made, tmp_path):
    make.main(tmp_path)
    for path in sorted(made.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_settings_are_flat_and_stamped():
    settings = json.loads((FOLDER / "settings.json").read_text("utf-8"))
    assert settings["sample"] is True
    assert settings["as_of"] == "2021-11-19"
    assert all(isinstance(value, str | bool) for value in settings.values())


def test_credit_codes_are_valid_distinct_and_of_the_class_for_tests():
    codes = [firm.uscc for firm in INVENTED]
    assert len(set(codes)) == len(codes) == 58
    for code in codes:
        assert code[8:14] == "MA4DEM"
        body = sum(CHARSET.index(c) * 3**i for i, c in enumerate(code[:17]))
        assert (body + CHARSET.index(code[17])) % 31 == 0, code


def test_the_known_valid_codes_come_out():
    by_number = {firm.uscc[8:16]: firm.uscc for firm in INVENTED}
    assert by_number["MA4DEM01"] == "91430482MA4DEM010T"
    assert by_number["MA4DEM02"] == "91430482MA4DEM029P"
    assert by_number["MA4DEM03"] == "91430482MA4DEM037J"
