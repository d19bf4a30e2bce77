"""kill -9 at awkward moments: what was acknowledged is there, what was not is not there in part."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked to be killed")


def crash(what: str, folder: Path, times: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.db.crashing", what, str(folder), str(times)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_acknowledged_write_is_there_after_a_kill(tmp_path: Path) -> None:
    found = crash("writes", tmp_path, 40)
    assert found["lost"] == []
    assert found["acknowledged"] >= 40
    assert found["played_back"] >= 1


def test_a_killed_upgrade_leaves_the_old_ledger_or_the_new_one(tmp_path: Path) -> None:
    found = crash("upgrade", tmp_path, 24)
    assert found["half"] == 0
    assert found["old"] + found["new"] == 24
    assert found["old"] >= 20
    assert found["backups"] == 24
    assert found["statements"] > 100


def test_a_killed_output_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    assert crash("export", tmp_path, 20)["whole"] == 20


def test_a_killed_making_leaves_a_whole_ledger_or_none(tmp_path: Path) -> None:
    found = crash("make", tmp_path, 20)
    assert found["half"] == 0
    assert found["none"] >= 1
