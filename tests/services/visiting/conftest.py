"""The sample office without its own plans and promises, opened to be worked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.domain.forms import Edit
from chain_office.services import editing
from chain_office.services.ledgers import Ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def new(ledger: Ledger) -> Callable[..., str]:
    """Save a new record, staying with what is only pointed out; gives its id."""

    def make(table: str, **values: object) -> str:
        accept = frozenset(field.name for field in editing.form(table))
        before = {row[0] for row in ledger.rows(f'SELECT id FROM "{table}"')}
        editing.save(ledger, Edit(table, "", 0, values), "张三", accept=accept)
        (made,) = {row[0] for row in ledger.rows(f'SELECT id FROM "{table}"')} - before
        return str(made)

    return make


@pytest.fixture
def firms(ledger: Ledger) -> list[str]:
    """Firms on the register that are not under protection, by number."""
    return [
        row[0]
        for row in ledger.rows(
            "SELECT e.id FROM enterprise e JOIN register_spell s ON s.enterprise_id = e.id WHERE s.exit_day IS NULL "
            "AND e.protected_since IS NULL AND e.deleted_at IS NULL AND s.entry_day < '2021-01-01' ORDER BY e.number"
        )
    ]
