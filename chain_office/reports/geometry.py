"""The page of GB/T 9704: A4, a type area of 156 x 225 mm, 22 lines of 28 characters. Points throughout."""

from typing import Final, NamedTuple

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 28 * MM  # 订口
TOP: Final = 37 * MM  # 天头
AREA_WIDTH: Final = 156 * MM
AREA_HEIGHT: Final = 225 * MM


class Sheet(NamedTuple):
    """A page and the type area on it. ``counted``: the foot says which page of how many it is, as lists do."""

    page_width: float
    page_height: float
    left: float
    top: float
    width: float
    height: float
    counted: bool = False


OFFICIAL: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, LEFT, TOP, AREA_WIDTH, AREA_HEIGHT)
LIST_UPRIGHT: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, 16 * MM, 16 * MM, 178 * MM, 261 * MM, counted=True)
FORM: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, 25 * MM, 23 * MM, 165 * MM, 250 * MM, counted=True)
LIST_ACROSS: Final = Sheet(PAGE_HEIGHT, PAGE_WIDTH, 16 * MM, 16 * MM, 265 * MM, 174 * MM, counted=True)

LINES: Final = 22
CHARACTERS: Final = 28
LINE_PITCH: Final = AREA_HEIGHT / LINES
CHARACTER_PITCH: Final = AREA_WIDTH / CHARACTERS

# 字号 in points
SIZE_1: Final = 26.0
SIZE_2: Final = 22.0
SIZE_3: Final = 16.0
SIZE_4: Final = 14.0
SIZE_S4: Final = 12.0
SIZE_5: Final = 10.5
SIZE_S5: Final = 9.0

# 28 characters of 16 pt would need 448 pt; the area has 442.2. Every character gives up a fifth of a point.
BODY_TRACKING: Final = CHARACTER_PITCH - SIZE_3
# How far the em box of every bundled face reaches above the baseline.
ASCENT: Final = 0.88


def baseline_in(height: float, size: float) -> float:
    """Distance from the top of a line box to the baseline of text centred in it."""
    return (height - size) / 2 + ASCENT * size
