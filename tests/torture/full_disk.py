"""Disks of many sizes that fill up at another moment of the work each: all of it is done, or none."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from chain_office.db import guard
from chain_office.db.models import Bank
from chain_office.domain.errors import KnownError
from chain_office.services import keeping
from chain_office.services.exporting import export_ledger
from chain_office.services.sampling import make_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

_STEP = 4096


def full_disks(folder: Path, sizes: int) -> dict[str, int]:
    """Save, export, back up and restore on ``sizes`` disks each; counts what was done whole, refused whole, or broken."""
    source = folder / "台账.ledger"
    make_sample(source)
    seen = {"done": 0, "refused": 0, "broken": 0, "skipped": 0}
    if shutil.which("mount") is None:
        return {**seen, "skipped": sizes}
    pages = (source.stat().st_size + _STEP - 1) // _STEP
    for name, work in _WORK.items():
        for at in range(sizes):
            room = (pages * (2 if name == "restore" else 1) + 2 + at * 2 * pages // sizes) * _STEP
            with _small_disk(folder / "盘", room) as disk:
                seen["skipped" if disk is None else _outcome(disk, source, work)] += 1
    return seen


@contextlib.contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True)


def _outcome(disk: Path, source: Path, work: Callable[[Path, Path], int]) -> str:
    path = disk / "台账.ledger"
    shutil.copyfile(source, path)
    before = set(disk.iterdir())
    wanted = 0
    try:
        wanted = work(path, source)
        done = True
    except KnownError:
        done = False
    try:
        with keeping.open_for_work(path, "甲") as ledger:
            guard.full_check(ledger.database, path)
            kept = _banks(ledger)
    except KnownError:
        return "broken"
    left = [one for one in disk.iterdir() if one.suffix != ".ledger" and one not in before and one.name != "导出.xlsx"]
    if done:
        return "done" if kept == wanted and not [one for one in left if one.is_file()] else "broken"
    return "refused" if kept == 0 and not [one for one in left if one.is_file()] else "broken"


def _banks(ledger: Ledger) -> int:
    return int(ledger.value("SELECT count(*) FROM bank WHERE name LIKE '测试%'"))


def _save(path: Path, _: Path) -> int:
    with keeping.open_for_work(path, "甲") as ledger, ledger.write("甲", "登记银行") as writer:
        writer.insert_many(Bank, [{"name": f"测试{at}", "verified": True} for at in range(2000)])
    return 2000


def _export(path: Path, _: Path) -> int:
    with keeping.open_for_work(path, "甲") as ledger:
        export_ledger(ledger, path.with_name("导出.xlsx"))
    return 0


def _back_up(path: Path, _: Path) -> int:
    with keeping.open_for_work(path, "甲") as ledger:
        keeping.back_up_before(ledger)
    return 0


def _restore(path: Path, source: Path) -> int:
    keeping.restore_file(path, source, "甲")
    return 0


_WORK = {"save": _save, "export": _export, "backup": _back_up, "restore": _restore}
