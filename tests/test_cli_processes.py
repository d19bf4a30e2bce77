"""The program as a process: pipes, code pages, a key that cancels."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chain_office.paths import resource
from tests.refusals import contents, is_sentence

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def office(sample_office: Path, tmp_path: Path) -> Path:
    place: Path = tmp_path / "办公室 一.ledger"
    shutil.copy(sample_office, place)
    return place


def start(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    command = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    env = {**os.environ, **more.pop("env", {})}
    return subprocess.run(command, capture_output=True, check=False, env=env, timeout=60, **more)


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "code page 936", "ascii"],
)
def test_output_is_utf8_whatever_the_code_page(office: Path, env: dict[str, str]) -> None:
    done = start("figures", office.name, cwd=office.parent, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "截止 2021-11-19" in done.stdout.decode("utf-8")
    wrong = start("figures", "没有.ledger", cwd=office.parent, env=env)
    assert wrong.returncode == 1
    assert "找不到台账“没有.ledger”" in wrong.stderr.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no SIGPIPE there")
def test_a_reader_that_leaves_early_hears_no_complaint(office: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "import", str(office), "--plan", "--json", "--rows"]
    command += [str(one) for one in sorted(resource("sample").glob("0[1-6]*.xlsx"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait(30)
    assert said == b""
    assert process.returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="there it is an event of the console")
def test_cancelling_says_so_and_leaves_no_ledger(tmp_path: Path) -> None:
    script = (
        "import sys, os, signal; sys.path.insert(0, sys.argv[1])\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs are started deaf to it
        "from chain_office import cli\n"
        "from chain_office.services import sampling\n"
        "sampling.apply_import = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(cli.main(['sample', '新.ledger']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(ROOT)], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, "已取消，台账没有改动。\n")
    assert contents(tmp_path) == {}


def test_a_relative_path_with_a_space_and_chinese_will_do(office: Path) -> None:
    done = start("figures", office.name, "--json", cwd=office.parent)
    assert done.returncode == 0
    assert json.loads(done.stdout)["enterprises.total"] == 69


def test_a_name_that_is_no_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("file names are text there")
    name = b"\xff\xfe.ledger"
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "figures", name], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert name in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_does_not_fit_is_said_once(office: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, str(ROOT / "main.py"), "figures", str(office)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert is_sentence(done.stderr.decode())
    assert "输出" in done.stderr.decode()
