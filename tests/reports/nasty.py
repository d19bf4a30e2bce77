"""Texts that papers meet and must survive: rare characters, what XML cannot hold, markup, very long words."""

from collections import Counter

from hypothesis import strategies as st

from chain_office.reports.fonts import MISSING_SIGN, FontBook
from chain_office.reports.tidying import tidy

RARE = "㙍䶮𬭎𫖮〇"
NASTY = (
    "", " ", "\n\n", RARE, "]]>", "<w:t>&amp;</w:t><!-- -->", "{{ x }} ${y} =1+1", "a\x00b\x0bc\x1f\x02d\x03\x07",
    "\ud800单独的代理项\udfff", "\u202e右到左\u2066", "\ufeff\ufffe\uffff", "x" * 400, "汉" * 2000, "1" * 90 + "，" * 30,
    "（" * 40 + "）" * 40, "长字段，" * 120 + "完", "第一行\r\n第二行\r第三行\u2028第四行", "😀表情", "\t制表\xa0空格",
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.sampled_from("的一是在有，。（）“”《》、；：…—-+=@&<>]\"'/\\0123456789abcXYZ \n\t\x00\x0c\x1f" + RARE),
        max_size=120,
    ),
    st.text(st.characters(exclude_categories=()), max_size=20),
)
_BOOK = FontBook()
_UNSEEN = "-\ufffe\u00ad"  # PDFium tells a hyphen at the end of a line as another sign


def letters(text: str) -> Counter[str]:
    """The characters of a text, however its lines turned."""
    return Counter(char for char in text if not char.isspace() and char not in _UNSEEN)


def printed(text: str) -> Counter[str]:
    """The characters a PDF must show for a text: its own, 〓 for those no face has."""
    out: Counter[str] = Counter()
    for char, count in letters(tidy(text)).items():
        out[char if _BOOK.look_up(char, "fang")[0] else MISSING_SIGN] += count
    return out


def missing_from(wanted: Counter[str], found: Counter[str]) -> dict[str, int]:
    """What was cut."""
    return dict(wanted - found)
