"""The pictures of `docs/pictures/`: every page and the states a manual shows, in four sizes, and in the dark.

`python3 dev.py pictures [--only NAME …] [--size 1366x768@150 …]` takes them anew. Same program, same pictures.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.pictures import paper_pages
from tests.pictures.states import ALONE, DARK, PAGES, STATES

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
SIZES = {
    "1366x768": (1366, 768, "1", "light"),
    "1366x768@150": (1366, 768, "1.5", "light"),
    "1920x1080": (1920, 1080, "1", "light"),
    "1920x1080@150": (1920, 1080, "1.5", "light"),
    "dark": (1366, 768, "1", "dark"),
}
"""Folder → width and height in device pixels, scale, appearance."""


def wanted(size: str, only: list[str]) -> list[str]:
    """What is taken in a size: everything at 1366×768, the pages in every size, some of them in the dark."""
    names = list(STATES) if size == "1366x768" else list(DARK) if size == "dark" else list(PAGES)
    return [name for name in names if not only or name in only]


def take(size: str, names: list[str]) -> int:
    """Take pictures of one size in a process with settings of its own; some states need one to themselves."""
    width, height, scale, appearance = SIZES[size]
    code = 0
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {
            "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "TZ": "Asia/Shanghai",
            "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_STATE_HOME": home,
        }  # fmt: skip
        alone = [[name] for name in names if name in ALONE]
        for some in (*alone, [name for name in names if name not in ALONE]):
            if some:
                place = (str(width), str(height), appearance, str(PICTURES / size))
                code |= subprocess.call(
                    [sys.executable, "-m", "tests.pictures.studio", *place, *some], cwd=ROOT, env=env
                )
    return code


def papers(only: list[str]) -> int:
    """Pages of papers, on their own paper."""
    names = [name for name in paper_pages.SHEETS if not only or name in only]
    command = [sys.executable, "-m", "tests.pictures.paper_pages", str(PICTURES / "papers"), *names]
    return subprocess.call(command, cwd=ROOT) if names else 0


def main() -> int:
    """Take what was asked for; 1 when a picture could not be taken."""
    parser = argparse.ArgumentParser(prog="pictures", description="重新拍下说明书里的界面图片。")
    parser.add_argument("--only", nargs="+", default=[], metavar="图", help="只拍这些")
    parser.add_argument(
        "--size", nargs="+", default=[*SIZES, "papers"], choices=(*SIZES, "papers"), help="只拍这些大小"
    )
    asked = parser.parse_args()
    codes = [take(size, names) for size in asked.size if size in SIZES and (names := wanted(size, asked.only))]
    if "papers" in asked.size:
        codes.append(papers(asked.only))
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
