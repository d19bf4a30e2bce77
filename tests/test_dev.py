"""dev.py: set-up that happens once, says what is missing, and leaves no half-made environment behind a valid stamp."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import dev

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "left-pad==1.0 \\\n    --hash=sha256:00\n"


class Calls:
    """Stands in for dev.call: notes each command, answers with the codes given, else 0."""

    def __init__(self, *codes: int) -> None:
        self.made: list[list[str]] = []
        self.codes = list(codes)

    def __call__(self, *command: str | Path) -> int:
        self.made.append([str(part) for part in command])
        return self.codes.pop(0) if self.codes else 0


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    made = Calls()
    monkeypatch.setattr(dev, "call", made)
    return made


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own, with a lock, no environment yet, and every system library there."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(dev, "missing_libraries", list)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK, "utf-8")
    return path


def environment_of(version: str) -> None:
    """What `venv` would have left."""
    dev.VENV.mkdir(exist_ok=True)
    dev.PYTHON.write_text("", "utf-8")
    (dev.VENV / "pyvenv.cfg").write_text(f"home = x\nversion = {version}\n", "utf-8")


def test_the_first_call_makes_the_environment_without_pip_and_installs_by_hash(lock: Path, calls: Calls) -> None:
    dev.VENV.mkdir()
    dev.prepare(lock)
    made, installed = calls.made
    assert made == [sys.executable, "-m", "venv", "--clear", "--without-pip", str(dev.VENV)]
    assert installed[:5] == [sys.executable, "-m", "pip", "--python", str(dev.PYTHON)]
    assert {"--require-hashes", "--no-deps", str(lock)} <= set(installed)


def test_the_second_call_does_nothing(lock: Path, calls: Calls) -> None:
    environment_of(platform.python_version())
    dev.prepare(lock)
    calls.made.clear()
    dev.prepare(lock)
    assert calls.made == []


def test_another_lock_installs_again_into_the_same_environment(lock: Path, calls: Calls) -> None:
    environment_of(platform.python_version())
    dev.prepare(lock)
    calls.made.clear()
    lock.write_text(LOCK.replace("1.0", "1.1"), "utf-8")
    dev.prepare(lock)
    assert [command[2] for command in calls.made] == ["pip"]


def test_another_python_makes_the_environment_anew(lock: Path, calls: Calls) -> None:
    environment_of("3.11.0rc0")
    dev.prepare(lock)
    assert [command[2] for command in calls.made] == ["venv", "pip"]


def test_a_failed_install_is_said_and_tried_again(lock: Path, calls: Calls) -> None:
    environment_of(platform.python_version())
    calls.codes = [1]
    with pytest.raises(SystemExit, match="依赖没有装成"):
        dev.prepare(lock)
    calls.made.clear()
    dev.prepare(lock)
    assert len(calls.made) == 1


@pytest.mark.usefixtures("calls")
def test_a_python_without_pip_is_named(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="没有 pip"):
        dev.prepare(lock)


def missing_once(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    left = list(answers)
    monkeypatch.setattr(dev, "missing_libraries", lambda: left.pop(0))
    monkeypatch.setattr(sys, "platform", "linux")


def test_root_on_debian_gets_the_missing_libraries(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing_once(monkeypatch, ["libEGL.so.1"], [])
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    dev.system_libraries()
    assert [command[:2] for command in calls.made] == [["apt-get", "update"], ["apt-get", "install"]]
    assert calls.made[1][-1] == "libegl1"
    assert capsys.readouterr().out == ""


def test_others_are_told_in_one_sentence_what_to_install(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing_once(monkeypatch, ["libEGL.so.1"], ["libEGL.so.1"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    dev.system_libraries()
    assert calls.made == []
    said = capsys.readouterr().out
    assert "libEGL.so.1" in said
    assert "apt-get install libegl1" in said
    assert said.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's loader is Linux's")
def test_the_loader_is_asked_for_each_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.9": "nowhere"})
    assert dev.missing_libraries() == ["libnowhere.so.9"]


def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: False)


def test_without_a_display_the_main_job_is_done_headless(
    lock: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    no_display(monkeypatch)
    out = lock.parent / "out"
    out.mkdir()
    old = out / "sample.ledger"
    old.write_text("an older run's", "utf-8")
    assert dev.run([]) == 0
    assert [command[1:3] for command in calls.made] == [["main.py", word] for word in ("sample", "figures", "pack")]
    assert not old.exists()
    assert "没有可用的显示器" in capsys.readouterr().out


def test_the_headless_job_stops_at_the_first_failure(lock: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    no_display(monkeypatch)
    calls.codes = [0, 1]
    assert dev.run([]) == 1
    assert len(calls.made) == 2


def test_with_a_display_the_window_opens_the_sample(lock: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: True)
    ledger = lock.parent / "out" / "sample.ledger"
    assert dev.run([]) == 0
    ledger.write_text("made by the first run", "utf-8")
    assert dev.run([]) == 0
    assert [command[1:] for command in calls.made] == [
        ["main.py", "sample", str(ledger)],
        ["main.py", str(ledger)],
        ["main.py", str(ledger)],
    ]


def test_a_command_is_handed_on(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    no_display(monkeypatch)
    dev.run(["figures", "a.ledger"])
    assert [command[1:] for command in calls.made] == [["main.py", "figures", "a.ledger"]]


def test_a_display_is_looked_for_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not dev.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert dev.has_display()


@pytest.mark.parametrize("codes", [[1, 0, 0, 0], [0, 0, -9, 0], [0, 0, 0, 1]])
def test_check_runs_every_tool_and_fails_when_one_does(calls: Calls, codes: list[int]) -> None:
    calls.codes = codes
    assert dev.check() == 1
    assert len(calls.made) == 4


def test_check_passes_when_every_tool_does(calls: Calls) -> None:
    assert dev.check() == 0


def test_tests_run_on_every_core_unless_told_otherwise(calls: Calls) -> None:
    dev.test([])
    dev.test(["tests/test_dev.py", "-x"])
    assert [command[3:] for command in calls.made] == [
        ["-n", "auto", "--dist", "worksteal"],
        ["tests/test_dev.py", "-x"],
    ]


@pytest.mark.parametrize("arguments", [[], ["torment"]])
def test_a_misused_command_is_told_how(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(dev.ROOT / "dev.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 2
    assert "run | test | check | bench | torture | sample" in done.stdout
