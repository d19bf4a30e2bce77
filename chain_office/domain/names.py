"""Keys under which names and problem texts are recognised again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from chain_office.domain.plain import cell_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_PUNCTUATION = re.compile(r"[\s()\[\]【】{}<>《》〈〉「」『』〔〕\"'“”‘’`·•・.,，。、:：;；!！?？/\\|_*#&+\-~—…]+")
_LEGAL_FORMS = (
    *("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "总公司", "公司"),
    *("有限责任", "股份有限", "有限", "股份", "集团", "企业"),
)
_GENERIC = re.compile(
    r"(?:有色|金属|新材料|材料|科技|实业|矿业|冶炼|冶金|铜业|铝业|锌业|铅锌|铅业|钨业|稀贵|贵金属|合金|化工|机械|制造|工业|贸易|投资|开发|发展|"
    r"建设|建筑|工程|环保|能源|电子|电气|技术|产业|物资|加工|循环|再生|资源|综合|利用|回收|产品|制品|新型|厂|园|区)+"
)
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．)]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．)](?!\d)|[①-⑳]|[一二三四五六]是)+\s*"
)


def name_key(name: str) -> str:
    """A name without blanks, brackets and punctuation, in half-width lower case: equal keys are the same spelling."""
    return _PUNCTUATION.sub("", plain(name)).casefold()


def _strip_places(text: str, places: list[str]) -> str:
    """Place names at the start ("湖南省衡阳市…"), repeatedly, and one at the end."""
    changed = True
    while changed:
        changed = False
        for place in places:
            if text.startswith(place):
                text, changed = text[len(place) :], True
                break
    for place in places:
        if text.endswith(place):
            return text[: -len(place)]
    return text


def _strip_forms(text: str) -> str:
    changed = True
    while changed:
        changed = False
        for form in _LEGAL_FORMS:
            if text.endswith(form) and not text.endswith("分公司"):
                text, changed = text[: -len(form)], True
                break
    return text


@lru_cache(maxsize=16)
def _place_words(places: tuple[str, ...]) -> tuple[list[str], re.Pattern[str]]:
    """Keys of the place names, longest first, and a pattern of any of them in brackets."""
    known = sorted({key for place in places if (key := name_key(place))}, key=len, reverse=True)
    words = "|".join(re.escape(place) for place in known) or r"(?!)"
    return known, re.compile(rf"[(\[【]\s*(?:{words})\s*[)\]】]")


def name_core(name: str, places: Iterable[str] = ()) -> str:
    """The distinctive core of an enterprise's name: "五矿铜业（湖南）有限公司" → "五矿铜业".

    Place names (``places``: "湖南省", "湖南", "衡阳市", "衡阳", counties) are dropped at the start, in brackets and
    before the legal form; legal forms (有限公司, 股份, 集团 ...) at the end. 分公司 and trade words stay: a branch
    is not its parent. Where nothing distinctive would be left (one character, or trade words only, as in
    湖南有色金属有限公司) the whole :func:`name_key` is the core.
    """
    key = name_key(name)
    known, bracketed = _place_words(tuple(places))
    core = name_key(bracketed.sub("", plain(name)))
    core = _strip_places(_strip_forms(_strip_places(core, known)), known)
    core = _strip_forms(core)
    if len(core) < 2 or _GENERIC.fullmatch(core):
        return key
    return core


def place_words(city: str, districts: Iterable[str]) -> tuple[str, ...]:
    """Place names that are not distinctive in the name of an enterprise of that city."""
    names = [city, city.removesuffix("市"), "湖南省", "湖南", "中国"]
    for district in districts:
        names += [district, district.rstrip("市区")]
    return tuple(dict.fromkeys(names))


def text_core(text: str) -> str:
    """A problem's text without numbering, blanks and punctuation: equal cores, same problem."""
    body = re.sub(r"(?<=\d)\.(?=\d)", "点", plain(_NUMBERING.sub("", cell_text(text))))
    return _PUNCTUATION.sub("", body).casefold()
