"""The list of pages says of each what its class says, and loads none of them before it is shown."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import pytest

import main
from chain_office.ui.page import Page, PageKind


@pytest.mark.parametrize("kind", main.pages(), ids=lambda kind: kind.id)
def test_what_the_list_says_of_a_page_its_class_says_too(kind: PageKind) -> None:
    made = kind.load()
    assert issubclass(made, Page)
    for field in fields(PageKind):
        if field.name != "place":
            assert getattr(made, field.name) == getattr(kind, field.name), field.name


def test_no_two_pages_share_an_id() -> None:
    ids = [kind.id for kind in main.pages()]
    assert len(set(ids)) == len(ids)


def test_the_shell_is_loaded_without_ledger_pages_or_anything_heavy() -> None:
    heavy = (
        "chain_office.db", "chain_office.queries", "chain_office.exchange", "chain_office.ui.pages", "peewee", "numpy",
        "matplotlib", "reportlab", "openpyxl", "pypinyin", "PIL", "xlsxwriter", "logging.handlers",
    )  # fmt: skip
    code = (
        "import sys, main, chain_office.ui.launch; main.pages(); "
        f"print(*(name for name in sys.modules if name.startswith({heavy!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.split() == []
