"""备份 as the window shows them: what each is called, what is in it, one taken now, what restoring one would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import backup
from chain_office.db.backup import default_folder
from chain_office.services.rota import Taken, head_of, put_elsewhere

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.services.keeping import BackupInfo, DeskDifference, Difference

__all__ = [
    "BY_HAND", "back_up_now", "contents", "default_folder", "differences", "kind_of", "soundness",
]  # fmt: skip

BY_HAND = "手工"
_SOUND = {True: "完好", False: "已损坏", None: "未检查"}


def back_up_now(ledger: Ledger, second: Path | None) -> Taken:
    """Take one because somebody asked for it: such a one is never thinned out."""
    made = backup.back_up(ledger.database, ledger.path)
    return Taken(made, clock.now(), head_of(ledger), put_elsewhere(made, second, ledger.path.stem))


def kind_of(info: BackupInfo) -> str:
    """Why it was taken."""
    return info.label or BY_HAND


def soundness(info: BackupInfo) -> str:
    """完好, 已损坏, 未检查."""
    return _SOUND[info.sound]


def contents(info: BackupInfo) -> str:
    """ "企业 73　走访 69 …", or what is wrong with it."""
    return info.fault or "　".join(f"{word} {number}" for word, number in info.counts)


def differences(found: Difference) -> tuple[tuple[str, str, int, str], ...]:
    """What restoring would do, a line each: (desk, what becomes of the records, how many, some of them)."""
    lines: list[tuple[str, str, int, str]] = []
    for desk in found.desks:
        lines += [(desk.desk, word, number, some) for word, number, some in _of(desk) if number]
    return tuple(lines)


def _of(desk: DeskDifference) -> tuple[tuple[str, int, str], ...]:
    return (
        ("备份之后新增的，会没有", desk.added.count, "、".join(desk.added.some)),
        ("备份之后改过的，回到备份时", desk.changed.count, "、".join(desk.changed.some)),
        ("备份之后移走的，会回来", desk.gone.count, "、".join(desk.gone.some)),
    )
