"""Directories of named things (districts, parks, units, banks) and the reading of cells that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.names import name_key
from chain_office.domain.plain import cell_text, is_empty_mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL_DISTRICTS = "*all_districts"


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing. ``kind`` groups entries ("district", "park", "unit", "bank"). ``doubtful`` aliases match
    only with a warning (农开行), and ``warn`` (what it is mistaken for) is said with it.
    ``verified``: confirmed by the office."""

    id: str
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "unit"
    warn: str = ""
    doubtful: tuple[str, ...] = ()
    verified: bool = True

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Match:
    """A resolved name: the text as written, the entry (None if unknown), what to say."""

    text: str
    entry: Entry | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of units: the lead (if one is marked or it is the first), the others in order, unknown names, warnings.

    ``lead_marked``: the cell itself marked the lead with （牵头）. ``all_districts``: 各县市区 stands in it.
    """

    lead: Match | None
    others: tuple[Match, ...] = ()
    warnings: tuple[str, ...] = ()
    all_districts: bool = False
    lead_marked: bool = False

    @property
    def matches(self) -> tuple[Match, ...]:
        """Lead and others."""
        return (self.lead, *self.others) if self.lead else self.others


_LEAD = re.compile(r"[(\[【]?\s*(?:牵头单位|牵头|主办单位|主办|负责牵头|主责)\s*[)\]】]?\s*[:：]?")
_ASSIST = re.compile(
    r"[(\[【]\s*(?:配合单位|配合|协办单位|协办|协助)\s*[)\]】]|(?:配合单位|配合|协办单位|协办|协助)\s*[:：]|(?:共同|予以)?(?:配合|协办|协助)$"
)
_LEAD_THEN_NAME = re.compile(r"(?<=[\u3400-\u9fff])([(\[【](?:牵头单位|牵头|主办单位|主办)[)\]】])(?=[\u3400-\u9fff])")
_ALL = re.compile(
    r"^(?:各|全市各?|所有)(?:县市区|县\(市、?区\)|市县区|县区|区县|县、?市、?区)(?:人民政府|政府)?(?:、?.{0,4}园区)?$|^12个?县市区$"
)
_VAGUE = re.compile(
    r"^(?:市直|市级|县直|区直)?(?:各|有关|相关|市直有关|各有关|各相关)+(?:市直)?(?:单位|部门|责任单位|职能部门)?$|^(?:市直|市级)(?:各?有关|各?相关|各)?(?:单位|部门)$|^(?:等|其他)(?:有关|相关)?(?:单位|部门)$"
)
_SUFFIXES = ("人民政府", "政府", "管理委员会", "管委会", "党工委", "有限公司", "等单位", "等")
_COMPANY = re.compile(r"股份有限公司|有限责任公司|有限公司")
_LINE_END = re.compile(r"(?<=[^\s、,，;；])\s*\n\s*(?=[^\s、,，;；])")
_LONGEST = 600
_WHITE = re.compile(r"\s+")


class Directory:
    """Named things by every name they are known under. Immutable once built."""

    def __init__(self, entries: Iterable[Entry], city: str = "", province: str = "") -> None:
        self.entries = tuple(entries)
        self.city = city
        places = "|".join(re.escape(f) for name in (city, province) for f in _short_forms(name))
        self._branch = re.compile(rf"(?:{places})?(?:分行|中心支行)$" if places else r"(?:分行|中心支行)$")
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_key: dict[str, list[Entry]] = {}
        self._doubtful: dict[str, list[Entry]] = {}
        self._derived: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for word in dict.fromkeys((entry.name, entry.short, *entry.aliases)):
                if word and word not in entry.doubtful:
                    self._add(self._by_key, word, entry)
            for word in entry.doubtful:
                self._add(self._doubtful, word, entry)
            for word in self._spellings(entry.name)[1:]:
                if word not in self._by_key:
                    self._add(self._derived, word, entry)

    @staticmethod
    def _add(table: dict[str, list[Entry]], word: str, entry: Entry) -> None:
        known = table.setdefault(name_key(word), [])
        if entry not in known:
            known.append(entry)

    def get(self, id_: str) -> Entry | None:
        """The entry with an id."""
        return self._by_id.get(id_)

    def _spellings(self, text: str) -> list[str]:
        """Ways to write the same name: with or without the city, 市, 人民政府 or 管委会. Never a mere prefix."""
        key = name_key(text)
        spellings = [key]
        spellings.extend(key[: -len(s)] for s in _SUFFIXES if key.endswith(s) and len(key) > len(s) + 1)
        city = name_key(self.city)
        for base in tuple(spellings):
            for prefix in (city, city.removesuffix("市")) if city else ():
                if prefix and base.startswith(prefix) and len(base) > len(prefix) + 1:
                    rest = base[len(prefix) :]
                    spellings.extend((rest, f"市{rest}"))
            if base.startswith("市") and len(base) > 2:
                spellings.append(base[1:])
            branch = self._branch.sub("", _COMPANY.sub("", base))
            if branch != base and len(branch) >= 2:
                spellings.append(branch)
        return list(dict.fromkeys(spellings))

    def resolve(self, text: object) -> Match:
        """The entry a name means. Unknown or ambiguous names come back with ``entry`` None and a warning."""
        written = _WHITE.sub("", cell_text(text))
        for spelling in self._spellings(written):
            sure = self._by_key.get(spelling) or self._derived.get(spelling, [])
            doubtful = self._doubtful.get(spelling, [])
            if len(sure) == 1:
                return Match(written, sure[0])
            if len(sure) > 1:
                names = "、".join(entry.label for entry in sure)
                return Match(written, None, (f"“{written}”可能是{names}，请写全称",))
            if len(doubtful) == 1:
                entry = doubtful[0]
                said = f"“{written}”按{entry.label}（{entry.name}）读，请核对"
                return Match(written, entry, (said, entry.warn) if entry.warn else (said,))
        return self._sub_branch(written) or Match(written, None, (f"名录里没有“{written}”",))

    def _sub_branch(self, written: str) -> Match | None:
        """ "工行石鼓支行" is read as 工商银行, and said."""
        key = name_key(written)
        for cut in range(2, len(key) - 3):
            found = self._by_key.get(key[:cut], [])
            if key.endswith(("支行", "分理处", "营业部")) and len(found) == 1 and found[0].kind == "bank":
                return Match(written, found[0], (f"“{written}”按{found[0].label}读",))
        return None

    def resolve_all(self, text: object) -> tuple[Match, ...]:
        """Every name of a cell that lists several ("建行、农开行、国开行、浦发"); nothing is dropped."""
        tidy = plain(text)
        if len(tidy) > _LONGEST:
            return (_too_long(tidy),)
        if is_empty_mark(tidy):
            return ()
        return tuple(self.resolve(part) for part in self._split(tidy))

    def _knows(self, text: str) -> bool:
        return any(s in self._by_key or s in self._doubtful or s in self._derived for s in self._spellings(text))

    def _split(self, text: str) -> list[str]:
        """Split at separators outside brackets; "常宁市政府(水口山经开区)" gives both names when both are known."""
        if self._knows(text):
            return [text]
        parts: list[str] = []
        for part in _outside_brackets(text):
            match = re.fullmatch(r"([^()]+)\(([^()]+)\)(.*)", part)
            if match is None or self._knows(part):
                parts.extend(self._split_joined(part))
                continue
            parts.extend(self._split_joined(match.group(1) + match.group(3)))
            parts.extend(inner for inner in _outside_brackets(match.group(2)) if inner)
        return [p for p in (part.strip(" ()[]:：。.") for part in parts) if p]

    def _split_joined(self, text: str) -> list[str]:
        """ "市发改委和市工信局" is two names if both halves are known."""
        if self._knows(text):
            return [text]
        for joint in ("和", "及", "与", "会同", "以及"):
            head, found, tail = text.partition(joint)
            if found and self._knows(head) and self._knows(tail):
                return [head, tail]
        return [text]

    def read_units(self, text: object, *, first_leads: bool = True) -> UnitCell:
        """A cell of units: "市自规局(牵头)、市发改委、常宁市政府" → lead and others.

        Without a mark the first unit leads when ``first_leads``. 各县市区 sets ``all_districts``; 市直有关单位 names
        nobody: it is warned about and gives no match. Unknown names are kept, with a warning.
        """
        tidy = re.sub(r"(?<=\)) +(?=[^\s()、,，;；])", "、", plain(_LINE_END.sub("、", cell_text(text))))
        if len(tidy) > _LONGEST:
            unread = _too_long(tidy)
            return UnitCell(None, (unread,), unread.warnings)
        return UnitCell(None) if is_empty_mark(tidy) else self._read_units(tidy, first_leads=first_leads)

    def _read_units(self, tidy: str, *, first_leads: bool) -> UnitCell:
        tidy, marked_by_label = _labelled_lead(_LEAD_THEN_NAME.sub(r"\1、", tidy))
        lead: Match | None = None
        others: list[Match] = []
        warnings: list[str] = []
        everyone = False
        for raw in self._split_units(tidy):
            is_lead = _LEAD.search(raw) is not None
            part = _ASSIST.sub("", _LEAD.sub("", raw)).strip(" ()[]:：。.")
            if not part:
                continue
            compact = part.replace(" ", "")
            if _ALL.fullmatch(compact):
                everyone = True
                continue
            if _VAGUE.fullmatch(compact):
                warnings.append(f"“{part}”没有指明单位，不能据此交办")
                continue
            match = self.resolve(part)
            if re.search(r"等(?:有关|相关)?(?:单位|部门)?$", compact) and match.entry is not None:
                warnings.append(f"“{part}”的“等”里还有哪些单位没有写明")
            if any(m.entry is not None and m.entry == match.entry for m in (lead, *others) if m):
                continue
            warnings.extend(match.warnings)
            if (is_lead or (marked_by_label and not others)) and lead is None:
                lead = match
            else:
                others.append(match)
        marked = lead is not None
        if lead is None and others and first_leads:
            lead = others.pop(0)
        return UnitCell(lead, tuple(others), tuple(dict.fromkeys(warnings)), everyone, marked)

    def _split_units(self, text: str) -> list[str]:
        parts: list[str] = []
        for part in _outside_brackets(text):
            marked = _LEAD.search(part) is not None
            bare = _ASSIST.sub("", _LEAD.sub("", part)).strip()
            if _ALL.fullmatch(bare.replace(" ", "")):
                parts.append(bare)
                continue
            names = self._split(bare) if bare else []
            parts.extend(f"{name}(牵头)" if marked and i == 0 else name for i, name in enumerate(names))
        return parts


def _too_long(text: str) -> Match:
    return Match(text, None, (f"“{text[:20]}…”太长，不像单位名称",))


def _short_forms(place: str) -> tuple[str, ...]:
    """ "衡阳市" → "衡阳市", "衡阳"."""
    short = place.removesuffix("市").removesuffix("省")
    return tuple(form for form in (place, short) if form)


def _labelled_lead(text: str) -> tuple[str, bool]:
    """ "牵头:市自规局;配合:市发改委" → the labels go, the first unit leads."""
    match = re.match(r"(?:牵头单位|牵头|主办单位|主办)\s*[:：]", text)
    return (text[match.end() :], True) if match else (text, False)


def _outside_brackets(text: str) -> list[str]:
    """Split at 、,;/ and blanks that stand outside brackets."""
    parts, depth, current = [], 0, ""
    for i, c in enumerate(text):
        depth += (c in "([【") - (c in ")]】")
        blank = c == " " and not _beside_bracket(text, i)
        if depth <= 0 and (c in "、,，;；/|+" or blank):
            parts.append(current)
            current, depth = "", 0
        else:
            current += c
    return [p.strip() for p in (*parts, current) if p.strip()]


def _beside_bracket(text: str, position: int) -> bool:
    return text[position + 1 : position + 2] in {"(", ")", ""} or text[position - 1] in "()"
