"""Ledgers damaged at random: each is opened in a process of its own, which may refuse it in a sentence or find it sound
all through, but not crash, hang, change the file or show what is not sound."""

from __future__ import annotations

import os
import random
import signal
from typing import TYPE_CHECKING

from chain_office.db import guard
from chain_office.db.backup import back_up
from chain_office.db.models import ALL_TABLES, Bank, Problem
from chain_office.domain.errors import KnownError
from chain_office.services.keeping import open_for_work
from chain_office.services.ledgers import make_ledger
from tests.refusals import is_sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096
DEADLINE = 20
"""Seconds after which an opening counts as hung (the machine may be busy)."""
_REFUSED, _SOUND, _CHANGED, _BAD = range(4)


def damaged_ledgers(folder: Path, times: int) -> dict[str, int]:
    """Damage a ledger that has a backup in ``times`` ways; counts what came of each."""
    path = folder / "台账.ledger"
    make_ledger(path)
    with open_for_work(path, "甲") as ledger:
        with ledger.write("甲", "登记") as writer:
            writer.insert_many(Bank, [{"name": f"第{at}银行", "verified": True} for at in range(200)])
            writer.insert_many(Problem, [{"text": f"第{at}个问题，缺工缺电", "state": "waiting"} for at in range(200)])
        back_up(ledger.database, path)
    whole = path.read_bytes()
    chance = random.Random(20211119)
    seen = {"refused": 0, "sound": 0, "changed": 0, "crashed": 0, "hung": 0, "bad": 0}
    for turn in range(times):
        damaged = _WAYS[turn % len(_WAYS)](whole, chance)
        path.write_bytes(damaged)
        seen[_outcome(path, damaged)] += 1
    return seen


def _outcome(path: Path, damaged: bytes) -> str:
    pid = os.fork()
    if pid == 0:
        code = _BAD
        try:
            signal.alarm(DEADLINE)
            code = _open(path, damaged)
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "hung" if os.WTERMSIG(status) == signal.SIGALRM else "crashed"
    return {_REFUSED: "refused", _SOUND: "sound", _CHANGED: "changed"}.get(os.WEXITSTATUS(status), "bad")


def _open(path: Path, damaged: bytes) -> int:
    try:
        with open_for_work(path, "甲") as ledger:
            for model in ALL_TABLES:
                ledger.rows(f'SELECT * FROM "{model._meta.table_name}"')
            guard.full_check(ledger.database, path)
    except KnownError as error:
        if not is_sentence(error.message):
            return _BAD
        return _REFUSED if path.read_bytes() == damaged else _CHANGED
    return _SOUND


def _bit(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]


def _page(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole) // PAGE) * PAGE
    return whole[:at] + chance.randbytes(PAGE) + whole[at + PAGE :]


def _zeroes(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole) // PAGE) * PAGE
    return whole[:at] + bytes(PAGE) + whole[at + PAGE :]


def _cut(whole: bytes, chance: random.Random) -> bytes:
    return whole[: chance.randrange(len(whole))]


def _swapped(whole: bytes, chance: random.Random) -> bytes:
    """A page where another belongs, as a drive that mixes up its sectors leaves it."""
    here, there = (chance.randrange(len(whole) // PAGE) * PAGE for _ in range(2))
    return whole[:here] + whole[there : there + PAGE] + whole[here + PAGE :]


def _header(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(100)
    return whole[:at] + chance.randbytes(1) + whole[at + 1 :]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bit, _page, _zeroes, _cut, _swapped, _header)
