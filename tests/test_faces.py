"""The bundled faces: embeddable, under names of their own, with every character that papers need, terms beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES = sorted(FONTS.glob("*.ttf"))
TERMS = (FONTS / "LICENSES.md").read_text("utf-8")
LATIN_ONLY = {"GWLatin-Regular.ttf", "GWSong-Digits.ttf", "GWFangSup-Light.ttf"}
FAMILY = 1


def characters(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_a_face_can_be_embedded_and_has_its_own_name(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        assert "glyf" in font, "reportlab embeds TrueType outlines only"
        assert font["OS/2"].fsType == 0
        assert font["OS/2"].usWeightClass in {400, 700}
        assert font["name"].getDebugName(FAMILY).startswith("GW ")


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_a_face_s_terms_are_shipped(path: Path) -> None:
    row = next(line for line in TERMS.splitlines() if line.startswith(f"| {path.name}"))
    named = [name for name in (file.name for file in FONTS.glob("*.txt")) if name in row]
    assert len(named) == 1


@pytest.mark.parametrize("path", [face for face in FACES if face.name not in LATIN_ONLY], ids=lambda path: path.stem)
def test_a_chinese_face_covers_gb_2312(path: Path) -> None:
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    wanted = {ord(text) for pair in pairs if len(text := pair.decode("gb2312", "ignore")) == 1}
    assert len(wanted) == 6763
    assert not wanted - characters(path)


def test_the_faces_of_a_paper_leave_no_rare_character_out() -> None:
    rare = {ord(sign) for sign in (FONTS / "source" / "beyond-gb2312.txt").read_text("utf-8") if sign != "\n"}
    chain = ("GWFang-Regular.ttf", "GWFangSup-Light.ttf", "GWKai-Regular.ttf", "GWSans-Regular.ttf")
    assert not rare - set().union(*(characters(FONTS / name) for name in chain))
