"""Every field of every form has a place in its table's layout, and every place has a field."""

from __future__ import annotations

import pytest

from chain_office.services.editing import forms
from chain_office.ui.layouts import LAYOUTS


def test_every_table_with_a_form_has_a_layout() -> None:
    assert set(LAYOUTS) == set(forms())


@pytest.mark.parametrize("table", sorted(forms()))
def test_every_field_has_one_place(table: str) -> None:
    fields = [field.name for field in forms()[table]]
    placed = [name for _, rows in LAYOUTS[table] for row in rows for name in row]
    assert sorted(placed) == sorted(fields)


@pytest.mark.parametrize("table", sorted(LAYOUTS))
def test_a_row_holds_one_field_or_two_and_a_section_has_a_title(table: str) -> None:
    for title, rows in LAYOUTS[table]:
        assert title
        assert rows
        assert {len(row) for row in rows} <= {1, 2}


@pytest.mark.parametrize("table", sorted(LAYOUTS))
def test_texts_of_several_lines_stand_alone(table: str) -> None:
    long = {field.name for field in forms()[table] if field.spec.kind.name == "long_text"}
    assert all(len(row) == 1 for _, rows in LAYOUTS[table] for row in rows if long & set(row))
