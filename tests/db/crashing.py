"""A process of its own that starts children, kills them with SIGKILL at awkward moments and looks at what they left.

``python -m tests.db.crashing writes|upgrade|export|make FOLDER TIMES`` prints what it saw as JSON. Children are forked,
so a kill costs milliseconds; pytest itself is not forked, because its threads would not live through that.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.db import guard, migrations
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank, Problem, ProblemEvent
from chain_office.domain.errors import KnownError
from chain_office.services.keeping import open_for_work
from chain_office.services.ledgers import make_ledger, open_existing

if TYPE_CHECKING:
    from collections.abc import Callable

PRESENT = migrations.newest()
LATER = (
    PRESENT + 1,
    "CREATE TABLE lesson (id TEXT NOT NULL PRIMARY KEY, text TEXT);\n"
    "ALTER TABLE bank ADD COLUMN motto TEXT;\n"
    "UPDATE bank SET motto = 'x' || name;\n"
    "CREATE INDEX bank_motto ON bank(motto);\n"
    "INSERT INTO lesson SELECT id, name FROM bank;\n",
)
"""A step that an imagined next version adds."""


def kill_when(child: Callable[[int], None], moment: Callable[[int], object]) -> bytes:
    """Fork ``child`` with the writing end of a pipe, kill it when ``moment`` (given the reading end) returns."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            child(writing)
        finally:
            os._exit(0)
    os.close(writing)
    moment(reading)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    rest = b""
    while part := os.read(reading, 65536):
        rest += part
    os.close(reading)
    return rest


def writes(folder: Path, times: int) -> dict[str, object]:
    """Audited writes under the lease, each acknowledged by a byte after its commit, killed at random moments. Whoever
    comes next takes the lease over from the one that was killed."""
    path = folder / "台账.ledger"
    make_ledger(path)
    chance = random.Random(1)
    acknowledged = played_back = 0
    lost: list[int] = []

    def work(pipe: int) -> None:
        with open_for_work(path, "甲") as ledger:
            while True:
                with ledger.write("甲", "登记") as writer:
                    text = "缺工" * chance.randrange(1, 400)
                    problem = writer.insert(Problem, {"text": text, "state": "waiting"})
                    writer.insert(
                        ProblemEvent, {"problem_id": problem, "seq": 1, "kind": "opening", "state": "waiting"}
                    )
                os.write(pipe, b".")

    for _ in range(times):
        seen = [0]

        def moment(pipe: int, seen: list[int] = seen) -> None:
            for _ in range(chance.randrange(1, 6)):
                seen[0] += len(os.read(pipe, 1))
            time.sleep(chance.random() * 0.004)  # noqa: TID251 - a moment inside the next write is what is wanted

        acknowledged += len(kill_when(work, moment)) + seen[0]
        played_back += guard.has_journal(path)
        with open_existing(path, read_only=True) as ledger:
            guard.full_check(ledger.database, path)
            kept = int(ledger.value("SELECT count(*) FROM problem"))
            told = int(ledger.value("SELECT count(*) FROM history WHERE table_name = 'problem' AND op = 'insert'"))
            begun = int(ledger.value("SELECT count(*) FROM write_log")) - 1
            stretches = int(ledger.value("SELECT count(*) FROM problem_span"))
        if not acknowledged <= kept or not kept == told == begun == stretches:
            lost.append(acknowledged - kept)
        acknowledged = kept
    return {"acknowledged": acknowledged, "played_back": played_back, "lost": lost}


def upgrade(folder: Path, times: int) -> dict[str, object]:
    """A migration killed before one of its statements, spread over all of them, then between all of them."""
    source = folder / "旧.ledger"
    make_ledger(source)
    with open_ledger(source) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"name": f"第{at}银行", "verified": True} for at in range(300)])
    now = migrations.steps
    old = _dump(source)
    path = folder / "台账.ledger"
    migrations.steps = lambda: [*now(), LATER]

    def statements_run() -> int:
        shutil.copy(source, path)
        count = [0]
        _migrate(path, lambda _: count.__setitem__(0, count[0] + 1))
        return count[0]

    total = statements_run()
    new = _dump(path)
    seen = {"old": 0, "new": 0, "half": 0, "backups": 0}
    for turn in range(times):
        shutil.copy(source, path)
        shutil.rmtree(folder / "台账-备份", ignore_errors=True)
        stop = 1 + turn * total // times

        def work(pipe: int, stop: int = stop) -> None:
            left = [stop]

            def count(_: str) -> None:
                left[0] -= 1
                if left[0] <= 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            _migrate(path, count)

        kill_when(work, lambda pipe: os.read(pipe, 1))
        migrations.steps = now
        if int(sqlite3.connect(path).execute("PRAGMA user_version").fetchone()[0]) == PRESENT:
            with open_ledger(path) as ledger:
                guard.full_check(ledger.database, path)
        found = _dump(path)
        migrations.steps = lambda: [*now(), LATER]
        seen["old" if found == old else "new" if found == new else "half"] += 1
        seen["backups"] += len([one for one in (folder / "台账-备份").glob("*.ledger") if _dump(one) == old])
    return {"statements": total, **seen}


def _migrate(path: Path, trace: Callable[[str], object]) -> None:
    """Open an old ledger as the next version would, with every statement of its migration traced."""
    real = migrations.migrate

    def traced(database: object, **kwargs: int) -> list[int]:
        database.connection().set_trace_callback(trace)  # type: ignore[attr-defined]
        return real(database, **kwargs)  # type: ignore[arg-type]

    migrations.migrate = traced  # type: ignore[assignment]
    try:
        open_ledger(path).close()
    finally:
        migrations.migrate = real


def _dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        schema = [str(row) for row in database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")]
        rows = [str(row) for row in database.execute("SELECT * FROM bank ORDER BY id")]
        history = [str(row) for row in database.execute("SELECT count(*), max(no) FROM history")]
        version = [str(row) for row in database.execute("PRAGMA user_version")]
    database.close()
    return [*version, *history, *schema, *rows]


def export(folder: Path, times: int) -> dict[str, object]:
    """A file being written anew, killed at random moments: the old bytes, or the new ones."""
    target = folder / "导出.xlsx"
    chance = random.Random(2)
    versions = [bytes([at]) * 3_000_000 for at in range(1, 4)]
    files.write_bytes(target, versions[0])

    def work(pipe: int) -> None:
        os.write(pipe, b".")
        while True:
            for one in versions:
                files.write_bytes(target, one)

    whole = 0
    for _ in range(times):

        def moment(pipe: int) -> None:
            os.read(pipe, 1)
            time.sleep(chance.random() * 0.05)  # noqa: TID251 - a moment inside a write is what is wanted

        kill_when(work, moment)
        whole += target.read_bytes() in versions
    return {"whole": whole, "left": len(list(folder.glob(".~*")))}


def make(folder: Path, times: int) -> dict[str, object]:
    """A new ledger being made, killed at random moments: it is there whole, or not there."""
    path = folder / "新.ledger"
    chance = random.Random(3)
    seen = {"none": 0, "whole": 0, "half": 0}
    for _ in range(times):

        def work(pipe: int) -> None:
            os.write(pipe, b".")
            make_ledger(path)
            os.write(pipe, b".")

        def moment(pipe: int) -> None:
            os.read(pipe, 1)
            time.sleep(chance.random() * 0.25)  # noqa: TID251 - a moment inside the making is what is wanted

        kill_when(work, moment)
        if not path.exists():
            seen["none"] += 1
            continue
        try:
            with open_ledger(path) as ledger:
                seen["whole" if ledger.value("SELECT count(*) FROM bank") else "half"] += 1
        except KnownError:
            seen["half"] += 1
        path.unlink()
    return dict(seen)


if __name__ == "__main__":
    result = globals()[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(result))
