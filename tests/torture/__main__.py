"""``python3 dev.py torture [N]``: every long proof at N per cent of its full size (default: 100).

Exit code 1 if one of them failed. Children are forked and killed and small file systems mounted, so it wants Linux, and
root for the full disks.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.db import crashing, leasing
from tests.torture.damage import damaged_ledgers
from tests.torture.full_disk import full_disks
from tests.torture.problem_desk import problem_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _races(folder: Path, times: int) -> dict[str, int]:
    ledger = folder / "台账.ledger"
    ledger.touch()
    seen = [leasing.race(ledger, 6, stale=turn % 2 == 1) for turn in range(times)]
    return {"races": len(seen), "not one holder": sum(pair != (1, 1) for pair in seen)}


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved, by what, how many times in full, and what its counts must be for it to hold."""

    name: str
    prove: Callable[[Path, int], Mapping[str, object]]
    full: int
    wanted: Callable[[int], Mapping[str, object]]


PROOFS = (
    Proof("写入途中被杀（持有编辑权）", crashing.writes, 1000, lambda _: {"lost": []}),
    Proof("升级途中被杀", crashing.upgrade, 200, lambda times: {"half": 0, "backups": times}),
    Proof("导出途中被杀", crashing.export, 200, lambda times: {"whole": times}),
    Proof("新建途中被杀", crashing.make, 200, lambda _: {"half": 0}),
    Proof("争抢编辑权（6 个进程）", _races, 1000, lambda _: {"not one holder": 0}),
    Proof("磁盘写满（四种工作）", full_disks, 40, lambda _: {"broken": 0}),
    Proof("问题台随机办理（每次约 100 步）", problem_desk, 500, lambda _: {"disagreeing": 0}),
    Proof("损坏的台账", damaged_ledgers, 5000, lambda _: {"crashed": 0, "hung": 0, "changed": 0, "bad": 0}),
)


def main(per_cent: float = 100) -> int:
    """Run them all; the size of each in per cent."""
    failed = 0
    for proof in PROOFS:
        times = max(4, int(proof.full * per_cent / 100))
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="torture-") as folder:
            seen = proof.prove(Path(folder), times)
        good = all(seen[word] == number for word, number in proof.wanted(times).items())
        failed += not good
        told = "，".join(f"{word} {number}" for word, number in seen.items())
        sys.stdout.write(
            f"{'通过' if good else '不符'}  {proof.name} × {times}  {time.monotonic() - began:.0f} s  {told}\n"
        )
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
