"""Where a run works: its size, a copy of that size's ledger it may write on, and the yardstick table."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.large import large_ledger
from bench.wording import Writer
from chain_office.services.sampling import make_sample

CACHE = Path(__file__).resolve().parent / ".cache"
SCANNED = 100_000


@dataclass(frozen=True, slots=True)
class Place:
    """``ledger`` is kept between runs and only read; ``folder`` is this run's own."""

    size: str
    ledger: Path
    folder: Path

    def copy(self) -> Path:
        """A copy of the ledger that may be written on."""
        target = self.folder / f"{self.size}-copy.ledger"
        if not target.exists():
            shutil.copy(self.ledger, target)
        return target


def place_for(size: str, folder: Path) -> Place:
    """The place of a size: S is the sample office, L the province (made on first use)."""
    if size == "L":
        return Place(size, large_ledger(CACHE), folder)
    ledger = folder / "S.ledger"
    make_sample(ledger)
    return Place(size, ledger, folder)


def yardstick_table() -> Path:
    """A hundred thousand short texts in a plain table: what one scan without an index costs on this machine."""
    path = CACHE / "scan.db"
    if path.exists():
        return path
    CACHE.mkdir(parents=True, exist_ok=True)
    building = path.with_suffix(".part")
    building.unlink(missing_ok=True)
    words = Writer(5)
    with closing(sqlite3.connect(building)) as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO note(text) VALUES (?)", ((words.problem(),) for _ in range(SCANNED)))
        connection.commit()
    building.replace(path)
    return path
