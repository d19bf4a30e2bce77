"""Rebuild the bundled faces from the packages that LICENSES.md names, out of unpacked folders; nothing is downloaded.

    .venv/bin/python resources/fonts/rebuild.py --noto-serif DIR --noto-sans DIR --lxgw DIR --liberation DIR --out DIR

Every folder is optional: only the faces whose source is given are made. Each is then compared with the committed face
of the same name: characters covered, widths and outlines. Exit 1 when one differs.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
MAX_ERROR = 2.0  # units of 1/1000 em, cubic to quadratic
NAME_COPYRIGHT, NAME_FAMILY, NAME_STYLE, NAME_FULL, NAME_POSTSCRIPT = 0, 1, 2, 4, 6
NAME_TYPOGRAPHIC_FAMILY, NAME_TYPOGRAPHIC_STYLE = 16, 17


def encoded_in(codec: str) -> set[int]:
    """Every character that two bytes of a Chinese code page stand for."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    texts = (pair.decode(codec, "ignore") for pair in pairs)
    return {ord(text) for text in texts if len(text) == 1 and ord(text) > 0x7F}


ASCII = set(range(0x20, 0x7F))
LATIN = ASCII | set(range(0xA0, 0x100))
GB2312 = encoded_in("gb2312")
SIGNS = set(map(ord, "—€〇㎡⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳☒✓✗"))
# The characters of 通用规范汉字表 and its neighbours that GB 2312 lacks.
RARE = set(map(ord, (HERE / "source" / "beyond-gb2312.txt").read_text("utf-8").replace("\n", "")))
OFFICIAL = LATIN | GB2312 | SIGNS | RARE
WINDOW = OFFICIAL | encoded_in("gbk")
FANG = (ASCII | GB2312 | set(map(ord, "\u00a0¥©·—€〇車"))) - {ord("―")}
DIGITS = LATIN | set(map(ord, "–—…〇一二三四五六七八九十共第页年月日零"))
WESTERN = LATIN | set(map(ord, "–‰"))


@dataclass(frozen=True)
class Face:
    """One committed face: its file, the package and file it comes from, its name, and what it keeps."""

    file: str
    package: str
    source: str
    family: str
    style: str
    keep: frozenset[int]
    weight: int | None = None


FACES = (
    Face("GWBiaoSong-Bold.ttf", "noto_serif", "NotoSerifSC_700Bold.ttf", "GW BiaoSong", "Bold", frozenset(OFFICIAL)),
    Face("GWHei-Bold.ttf", "noto_sans", "NotoSansSC_700Bold.ttf", "GW Hei", "Bold", frozenset(OFFICIAL)),
    Face("GWSans-Regular.ttf", "noto_sans", "NotoSansSC_400Regular.ttf", "GW Sans", "Regular", frozenset(WINDOW)),
    Face("GWSong-Digits.ttf", "noto_serif", "NotoSerifSC_400Regular.ttf", "GW Song", "Regular", frozenset(DIGITS)),
    Face(
        "GWKai-Regular.ttf", "lxgw", "lxgw-wenkai-latin-500-normal.woff2", "GW Kai", "Regular", frozenset(OFFICIAL), 400
    ),
    Face(
        "GWFangSup-Light.ttf",
        "lxgw",
        "lxgw-wenkai-latin-300-normal.woff2",
        "GW Fang Sup",
        "Light",
        frozenset(OFFICIAL - FANG),
        400,  # matplotlib warns about a family whose only weight is 300
    ),
    Face("GWFang-Regular.ttf", "fandol", "FandolFang-Regular.otf", "GW Fang", "Regular", frozenset(FANG)),
    Face("GWLatin-Regular.ttf", "liberation", "LiberationSerif-Regular.ttf", "GW Latin", "Regular", frozenset(WESTERN)),
)


def subset(font: TTFont, keep: frozenset[int]) -> None:
    """Keep the characters wanted and the plain tables: no hinting, no layout features, no vertical metrics."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.drop_tables += [
        "BASE",
        "GDEF",
        "GPOS",
        "GSUB",
        "STAT",
        "VORG",
        "vhea",
        "vmtx",
        "bsln",
        "prop",
        "feat",
        "morx",
        "DSIG",
        "FFTM",
    ]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    """Turn cubic CFF outlines into the quadratic ones that reportlab can embed."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), glyf
    font["maxp"].tableVersion = 0x00010000
    for limit in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(font["maxp"], limit, 0)
    font["maxp"].maxZones = 1
    for limit in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"):
        setattr(font["maxp"], limit, 0)
    for limit in ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"):
        setattr(font["maxp"], limit, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, face: Face) -> None:
    """Give the face its own name, so that it never stands in for one on the user's machine; keep who made it."""
    names = font["name"]
    postscript = face.file.removesuffix(".ttf").replace("Digits", "Regular")
    texts = {NAME_FAMILY: face.family, NAME_STYLE: face.style, NAME_FULL: face.family, NAME_POSTSCRIPT: postscript}
    for identifier in (NAME_TYPOGRAPHIC_FAMILY, NAME_TYPOGRAPHIC_STYLE):
        names.removeNames(nameID=identifier)
    for identifier, text in texts.items():
        names.removeNames(nameID=identifier)
        names.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].fsType = 0  # installable embedding, as the licences allow
    if face.weight is not None:
        font["OS/2"].usWeightClass = face.weight


def build(face: Face, folder: Path, out: Path) -> Path:
    """Make one face from its source."""
    found = sorted(folder.rglob(face.source))
    if not found:
        sys.exit(f"{folder}: no {face.source} in it")
    font = TTFont(found[0], recalcTimestamp=False)
    font.flavor = None
    subset(font, face.keep)
    if "CFF " in font:
        to_truetype(font)
    rename(font, face)
    font.save(out / face.file)
    return out / face.file


def drawn(font: TTFont, character: int) -> tuple[object, int]:
    """What a character looks like (composites resolved), and how wide it is."""
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[character]
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value, font["hmtx"][name][0]


def differences(made: Path, committed: Path) -> list[str]:
    """What tells the face just made from the one in the repository."""
    new, old = TTFont(made), TTFont(committed)
    covered, before = set(new.getBestCmap()), set(old.getBestCmap())
    found = []
    if missing := sorted(before - covered):
        found.append(f"lacks {''.join(map(chr, missing))}")
    if added := sorted(covered - before):
        found.append(f"adds {''.join(map(chr, added))}")
    if changed := [chr(code) for code in sorted(covered & before) if drawn(new, code) != drawn(old, code)]:
        found.append(f"draws {len(changed)} characters differently: {''.join(changed[:20])}")
    return found


def main() -> int:
    """Build what the folders given allow, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for package in ("noto-serif", "noto-sans", "lxgw", "liberation"):
        parser.add_argument(f"--{package}", type=Path, help="the unpacked package's folder")
    parser.add_argument("--fandol", type=Path, default=HERE / "source", help="default: the committed source face")
    parser.add_argument("--out", type=Path, required=True)
    folders = vars(parser.parse_args())
    out: Path = folders["out"]
    out.mkdir(parents=True, exist_ok=True)
    unequal = False
    for face in FACES:
        if folders[face.package] is None:
            continue
        made = build(face, folders[face.package], out)
        found = differences(made, HERE / face.file)
        unequal |= bool(found)
        print(f"{face.file} {made.stat().st_size:,} bytes: {'; '.join(found) or 'as committed'}", flush=True)
    return int(unequal)


if __name__ == "__main__":
    sys.exit(main())
