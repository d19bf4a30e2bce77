"""Random work at the problem desk, long enough that rare meetings of steps, undoings and corrections happen."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from chain_office import clock
from tests.services.steps.machine import run, small_desk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LENGTH = 25


def problem_desk(folder: Path, times: int) -> Mapping[str, object]:
    """So many stories of the desk; what disagreed is told on the way."""
    try:
        run(small_desk(folder / "小.ledger"), times, _LENGTH)
    except AssertionError:
        traceback.print_exc(file=sys.stderr)
        return {"stories": times, "disagreeing": 1}
    finally:
        clock.set_clock(None)
    return {"stories": times, "disagreeing": 0}
