"""FontBook: the bundled faces, loaded when first needed, with a fallback chain for every character.

A face is one file. A family is the voice a text is set in (仿宋, 楷体 …): a chain of faces asked in turn, character by
character. A character no face has is set as 〓 and counted in `missing`, so that whoever prints can say so.
"""

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from chain_office.paths import resource
from chain_office.reports import library

Family = Literal["fang", "kai", "hei", "title", "sans", "digits"]

FILES: Final[dict[str, str]] = {
    "latin": "GWLatin-Regular.ttf",
    "fang": "GWFang-Regular.ttf",
    "fang+": "GWFangSup-Light.ttf",
    "kai": "GWKai-Regular.ttf",
    "hei": "GWHei-Bold.ttf",
    "title": "GWBiaoSong-Bold.ttf",
    "sans": "GWSans-Regular.ttf",
    "digits": "GWSong-Digits.ttf",
}
CHAINS: Final[dict[Family, tuple[str, ...]]] = {
    "fang": ("latin", "fang", "fang+", "kai", "sans"),
    "kai": ("latin", "kai", "sans"),
    "hei": ("hei", "sans"),
    "title": ("title", "sans"),
    "sans": ("sans", "kai"),
    "digits": ("digits", "sans"),
}
# What Windows offices have, tried first when (and only when) the user chose system faces.
SYSTEM_FILES: Final[dict[str, tuple[str, ...]]] = {
    "fang": ("simfang.ttf", "FZFSK.TTF"),
    "kai": ("simkai.ttf",),
    "hei": ("simhei.ttf",),
    "title": ("FZXBSJW.TTF", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf"),
}
# Liberation Serif has these too, but only half a character wide; in Chinese text they are full-width signs.
_NOT_LATIN: Final = frozenset("·×÷°±§")
MISSING_SIGN: Final = "〓"
STAND_INS: Final[dict[str, str]] = {
    "−": "－", "‑": "-", "‒": "–", "•": "·", "‧": "·", "☐": "□", "☑": "√", "☒": "×", "✓": "√", "✔": "√", "✗": "×", "✘": "×",
    "\u2002": " ", "\u2003": "\u3000", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
"""Where no face has the one, what says the same: minus signs, ticks, bullets and blanks as browsers and WeChat paste them."""


def system_font_folders() -> tuple[Path, ...]:
    """Where Windows keeps faces for everyone and for this user."""
    return (Path("C:/Windows/Fonts"), Path.home() / "AppData/Local/Microsoft/Windows/Fonts")


class _Glyphs(dict[str, tuple[str, float]]):
    """character -> (registered face name, advance in em), filled on first sight."""

    def __init__(self, book: "FontBook", family: Family) -> None:
        super().__init__()
        self._book, self._family = book, family

    def __missing__(self, char: str) -> tuple[str, float]:
        found = self._book.look_up(char, self._family)
        self[char] = found
        return found


class _Widths(dict[str, float]):
    """character -> advance in em; `sum(map(widths.__getitem__, text))` runs at C speed."""

    def __init__(self, glyphs: _Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, char: str) -> float:
        self[char] = width = self._glyphs[char][1]
        return width


class FontBook:
    """`system` lists folders whose faces come first; empty (the default) means bundled faces only."""

    def __init__(self, folder: Path | None = None, system: tuple[Path, ...] = ()) -> None:
        library.install()
        self._folder = folder or resource("fonts")
        self._system = system
        self._faces: dict[str, TTFont] = {}
        self._glyphs: dict[Family, _Glyphs] = {}
        self._widths: dict[Family, _Widths] = {}
        self.missing: Counter[str] = Counter()
        self._instead: dict[int, str] = {}

    def widths(self, family: Family) -> _Widths:
        """A mapping that knows every character's advance in em."""
        if family not in self._widths:
            self._widths[family] = _Widths(self.glyphs(family))
        return self._widths[family]

    def glyphs(self, family: Family) -> _Glyphs:
        """A mapping that knows every character's face and advance."""
        if family not in self._glyphs:
            self._glyphs[family] = _Glyphs(self, family)
        return self._glyphs[family]

    def width(self, text: str, family: Family, size: float = 1.0) -> float:
        return size * sum(map(self.widths(family).__getitem__, text))

    def runs(self, text: str, family: Family) -> list[tuple[str, str]]:
        """[(registered face name, text)]: neighbours in one face together; a missing character becomes 〓."""
        glyphs = self.glyphs(family)
        out = []
        for name, chars in groupby(text, key=lambda char: glyphs[char][0]):
            run = "".join(chars)
            if self._instead:
                run = run.translate(self._instead)
            if not name:
                self.missing.update(run)
                name, run = self.look_up(MISSING_SIGN, family)[0], MISSING_SIGN * len(run)
            out.append((name, run))
        return out

    def look_up(self, char: str, family: Family) -> tuple[str, float]:
        """Face name ("" when no face has it) and advance in em."""
        code = ord(char)
        for key in CHAINS[family]:
            if key == "latin" and (code > 0x24F or char in _NOT_LATIN):
                continue
            face = self._face(key)
            if code in face.face.charToGlyph:
                return face.fontName, face.face.getCharWidth(code) / 1000.0
        instead = STAND_INS.get(char)
        if instead is None:
            return "", 1.0
        self._instead[code] = instead
        return self.look_up(instead, family)

    def first_face(self, family: Family) -> str:
        """A registered name for calls that want one, such as the canvas's initial font."""
        return str(self._face(CHAINS[family][0]).fontName)

    def _face(self, key: str) -> TTFont:
        if key not in self._faces:
            self._faces[key] = self._load_system(key) or _register(self._folder / FILES[key])
        return self._faces[key]

    def _load_system(self, key: str) -> TTFont | None:
        for folder in self._system:
            for name in SYSTEM_FILES.get(key, ()):
                path = folder / name
                if path.is_file():
                    try:
                        return _register(path)
                    except TTFError:  # CFF outlines or an embedding ban: the bundled face serves
                        continue
        return None


def _register(path: Path) -> TTFont:
    """Parse once a process: a face is found again under its path."""
    name = str(path)
    known: object = pdfmetrics.getFont(name) if name in pdfmetrics.getRegisteredFontNames() else None
    if isinstance(known, TTFont):
        return known
    font = TTFont(name, name)
    pdfmetrics.registerFont(font)
    return font
