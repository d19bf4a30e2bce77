"""LibreOffice, headless: papers and forms opened, printed and saved by a program that is not ours.

Where it is not installed, tests that ask for it are skipped by name. Every run has a profile of its own and a time limit.
"""

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from chain_office.paths import resource

SECONDS = 120
_ALIASES = {
    "仿宋_GB2312": "GW Fang", "仿宋": "GW Fang", "楷体_GB2312": "GW Kai", "楷体": "GW Kai", "黑体": "GW Hei",
    "方正小标宋简体": "GW BiaoSong", "宋体": "GW Song", "Times New Roman": "GW Latin",
}  # fmt: skip
"""What stands in for the faces of Windows: those that come with the program, so that every machine sets the same lines."""


@cache
def soffice() -> str:
    """Where it is, "" if nowhere."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def has(library: str) -> bool:
    """Whether a part of it is installed: Debian packs Writer (sw) and Calc (sc) one by one; elsewhere they come together."""
    program = Path(soffice()).resolve().parent
    return bool(soffice()) and (
        not (program / "libsofficeapp.so").exists() or (program / f"lib{library}lo.so").exists()
    )


needs_writer = pytest.mark.skipif(not has("sw"), reason="没有安装 LibreOffice Writer（soffice）")
needs_calc = pytest.mark.skipif(not has("sc"), reason="没有安装 LibreOffice Calc（soffice）")


def convert(source: Path, ending: str, folder: Path) -> Path:
    """``source`` saved anew as ``ending`` ("pdf", "docx", "xlsx", "odt") in ``folder``."""
    return convert_all([source], ending, folder)[0]


def convert_all(sources: list[Path], ending: str, folder: Path) -> list[Path]:
    """Many files in one run, which takes a second or two to begin."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soffice-") as home:
        command = [
            soffice(), f"-env:UserInstallation={Path(home, 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--convert-to", ending, "--outdir", str(folder), *map(str, sources),
        ]  # fmt: skip
        env = {**os.environ, "HOME": home, "FONTCONFIG_FILE": str(_fonts(Path(home))), "SAL_USE_VCLPLUGIN": "svp"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = [folder / f"{source.stem}.{ending.partition(':')[0]}" for source in sources]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"{missing}: {done.stdout}\n{done.stderr}"
    return made


def _fonts(home: Path) -> Path:
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{face}</string></edit></match>'
        for name, face in _ALIASES.items()
    )
    path = home / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{resource('fonts')}</dir><cachedir>{home}/fonts</cachedir>{aliases}</fontconfig>",
        "utf-8",
    )
    return path
