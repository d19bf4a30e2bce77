"""A process of its own that races for a lease: ``python -m tests.db.leasing LEDGER RACES OPENERS``.

Children are forked for every race; each tries to get the lease (half of the races begin with the lock of a process that
was killed), those that got it say so, and are asked whether they still hold once all have tried. Prints what it saw.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from chain_office.db import holder, lease
from chain_office.domain.errors import LedgerHeld


def race(ledger: Path, openers: int, *, stale: bool) -> tuple[int, int]:
    """How many got the lease, and of how many it still was when all had tried."""
    lock = holder.lock_of(ledger)
    lock.unlink(missing_ok=True)
    if stale:
        _leave_lock(ledger)
    go_reading, go = os.pipe()
    tried_reading, tried = os.pipe()
    on_reading, on = os.pipe()
    answers_reading, answers = os.pipe()
    children = []
    for _ in range(openers):
        pid = os.fork()
        if pid == 0:
            os.close(go)
            os.close(on)
            try:
                _open(ledger, go_reading, tried, on_reading, answers)
            finally:
                os._exit(0)
        children.append(pid)
    os.close(go)  # everybody runs at once
    got = sum(os.read(tried_reading, 1) == b"+" for _ in range(openers))
    os.close(on)
    held = sum(os.read(answers_reading, 1) == b"+" for _ in range(openers))
    for pid in children:
        os.waitpid(pid, 0)
    for one in (go_reading, tried_reading, tried, on_reading, answers_reading, answers):
        os.close(one)
    return got, held


def _open(ledger: Path, go: int, tried: int, on: int, answers: int) -> None:
    os.read(go, 1)
    try:
        mine = lease.acquire(ledger, f"员工{os.getpid()}")
    except LedgerHeld:
        os.write(tried, b"-")
        os.read(on, 1)
        os.write(answers, b"-")
        return
    os.write(tried, b"+")
    os.read(on, 1)
    try:
        mine.check()
        os.write(answers, b"+")
    except LedgerHeld:
        os.write(answers, b"-")


def _leave_lock(ledger: Path) -> None:
    """The lock of a process that got it and was killed."""
    pid = os.fork()
    if pid == 0:
        try:
            lease.acquire(ledger, "旧人")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def main(path: str, races: str, openers: str) -> None:
    """Run the races and print the counts."""
    ledger = Path(path)
    got, held = [], []
    for turn in range(int(races)):
        winners, holders = race(ledger, int(openers), stale=turn % 2 == 1)
        got.append(winners)
        held.append(holders)
    left = [one.name for one in holder.tickets(holder.lock_of(ledger))]
    sys.stdout.write(json.dumps({"got": got, "held": held, "tickets": left}))


if __name__ == "__main__":
    main(*sys.argv[1:])
