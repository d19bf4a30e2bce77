#!/usr/bin/env python3
"""One command a job, on a bare machine: python3 dev.py run | test | check | bench | torture | sample | pictures.

Needs Python 3.11 or newer and pip. The first call makes `.venv` from the pinned locks; what follows is handed on.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What the Qt wheels leave to a Linux system: the library that a file of theirs asks for, and Debian's package of it.
# fmt: off
QT_LIBRARIES = {
    "libbrotlidec.so.1": "libbrotli1", "libdbus-1.so.3": "libdbus-1-3", "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1", "libGL.so.1": "libgl1", "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1",
    "libX11-xcb.so.1": "libx11-xcb1", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-shape.so.0": "libxcb-shape0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libxkbcommon.so.0": "libxkbcommon0",
}
# fmt: on


def call(*command: str | Path) -> int:
    """Run a command in the repository's folder and give its exit code."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    env["PYTHONUTF8"] = "1"
    if not has_display():
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.flush()
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=env)


def has_display() -> bool:
    """Tell whether a window could be shown."""
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def prepare(lock: Path) -> None:
    """Bring `.venv` to what the lock names, unless its stamp says that it is."""
    system_libraries()
    stamp = VENV / f"{lock.stem}.stamp"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    wanted = f"{digest} {platform.python_version()} {sys.platform} {platform.machine()}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    if importlib.util.find_spec("pip") is None:
        sys.exit(f"{sys.executable} 没有 pip：请先装上 pip（Debian：apt-get install python3-pip），再运行一次。")
    print(f"正在准备运行环境 {VENV}（首次需联网下载，请稍候）……", flush=True)
    made_by = config.read_text("utf-8") if PYTHON.exists() and (config := VENV / "pyvenv.cfg").exists() else ""
    stale = f"version = {platform.python_version()}\n" not in made_by
    if stale and (code := call(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)):
        sys.exit(f"私有环境没有建成（venv 退出码 {code}）：请看上面的原因。")
    install = ("install", "--require-hashes", "--no-deps", "--disable-pip-version-check", "-r", lock)
    if code := call(sys.executable, "-m", "pip", "--python", PYTHON, *install):
        sys.exit(f"依赖没有装成（pip 退出码 {code}）：请检查网络后再运行一次。")
    stamp.write_text(wanted, "utf-8")


def system_libraries() -> None:
    """On Linux, see that Qt finds its libraries: install them as root on Debian, else name them in one sentence."""
    if not sys.platform.startswith("linux") or not (missing := missing_libraries()):
        return
    packages = [QT_LIBRARIES[name] for name in missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        call("apt-get", "update", "-q")
        call("apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)
    if missing := missing_libraries():
        print(f"Qt 所需的系统库不全（缺 {' '.join(missing)}），请以 root 运行：apt-get install {' '.join(packages)}")


def missing_libraries() -> list[str]:
    """Name the libraries that the system's loader does not find."""
    missing = []
    for name in QT_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def run(arguments: list[str]) -> int:
    """Show the sample office in the window; where none can be shown, do the main job headless into `out/`."""
    if arguments:
        return call(PYTHON, "main.py", *arguments)
    (out := ROOT / "out").mkdir(exist_ok=True)
    ledger = out / "sample.ledger"
    if has_display():
        return (0 if ledger.exists() else call(PYTHON, "main.py", "sample", ledger)) or call(PYTHON, "main.py", ledger)
    print("没有可用的显示器：不开窗口，改为在 out/ 里生成示例台账、主要指标和调度会材料。")
    for old in out.glob("sample.ledger*"):
        old.unlink()
    jobs = (("sample", ledger), ("figures", ledger), ("pack", ledger, out / "调度会材料.pdf"))
    return next((code for job in jobs if (code := call(PYTHON, "main.py", *job))), 0)


def check() -> int:
    """Run every check, whatever the earlier ones say: format, lint, types, import contracts."""
    codes = [call(PYTHON, "-m", *tool.split()) for tool in ("ruff format --check", "ruff check", "mypy")]
    return int(any([*codes, call(PYTHON.with_name("lint-imports"), "--no-logo")]))


def test(arguments: list[str]) -> int:
    """Run the tests: all of them on every core, or what the arguments say."""
    return call(PYTHON, "-m", "pytest", *(arguments or ("-n", "auto", "--dist", "worksteal")))


def main(command: str = "", *arguments: str) -> int:
    """Do one job."""
    jobs: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "check": lambda _: check(),
        "bench": lambda rest: call(PYTHON, "-m", "bench", *rest),
        "torture": lambda rest: call(PYTHON, "-m", "tests.torture", *rest),
        "sample": lambda rest: call(PYTHON, "resources/sample/make.py", *rest),
        "pictures": lambda rest: call(PYTHON, "-m", "tests.pictures.make", *rest),
    }
    if command not in jobs:
        print(f"用法：python3 dev.py {' | '.join(jobs)}")
        return 2
    prepare(ROOT / ("requirements.lock" if command == "run" else "requirements-dev.lock"))
    return jobs[command](list(arguments))


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:]))
