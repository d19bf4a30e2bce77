"""People and telephone numbers: split out of cells, read, masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import cell_text, is_empty_mark, plain

_MOBILE = r"(?:\+?86[\s-]?)?(?:1[3-9]\d(?:[\s-]?\d){8}|1[3-9]\d\.\d{4}\.\d{4})"
_MASKED = r"1[3-9]\d\*{4}\d{4}|0\d{2,3}-?\d{3,4}\*{4}|\d{3,4}\*{4}"
_LANDLINE = r"\(?0\d{2,3}\)?[\s-]?\d{7,8}|[48]00[\s-]?\d{3}[\s-]?\d{4}|[2-9]\d{6,7}"
_EXTENSION = r"(?:\s*(?:-|转|ext\.?)\s*\d{1,5})?"
_NUMBER = re.compile(rf"(?<![\d*])(?:{_MASKED}|{_MOBILE}|(?:{_LANDLINE}){_EXTENSION})(?![\d*])", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[、,，;；/\n|]+")
_LABELS = re.compile(r"(?:联系)?(?:电话|手机号?码?|方式|tel|mobile|座机|办公)[:：]?|联系人[:：]?", re.IGNORECASE)
_TITLES = (
    "副董事长|董事长|董事会秘书|副总经理|总经理助理|总经理|副总|财务总监|总监|总工程师|总工|厂长|副厂长|经理助理|副经理|经理|"
    "办公室主任|副主任|主任|副局长|局长|副科长|科长|副处长|处长|副部长|部长|副县长|副区长|副市长|县长|区长|市长|"
    "书记|主席|行长|副行长|支行长|秘书长|秘书|调研员|科员|主管|会计|出纳|法人|负责人|工程师|先生|女士|同志"
)
_TITLED = re.compile(rf"^(.{{1,4}}?)((?:{_TITLES})+)$")
LOST_DIGITS = "被表格软件变成了科学计数法，号码后几位已丢失，请重新填写"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as written in a cell."""

    name: str
    title: str = ""
    phones: tuple[str, ...] = ()


def _tidy_number(text: str) -> str:
    """A telephone number as stored: 13800138000, 0734-1234567, 0734-1234567-801."""
    if "*" in text:
        return re.sub(r"\s", "", text)
    text = re.sub(r"^\+?86[\s-]?(?=1[3-9])", "", re.sub(r"\s*(?:转|ext\.?)\s*", "-", text.strip(), flags=re.IGNORECASE))
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return digits
    match = re.fullmatch(
        r"\(?(0(?:10|2\d|[3-9]\d{2}))?\)?[\s-]*(\d[\d\s]{5,8}\d|[48]00-?\d{3}-?\d{4})(?:-(\d{1,5}))?", text
    )
    if match is None:
        return digits
    area, number, extension = match.groups()
    return "-".join(p for p in (area, re.sub(r"\D", "", number), extension) if p)


def mask_phone(number: str) -> str:
    """138****5678; a landline keeps its area code and first digits: 0734-123****."""
    digits = re.sub(r"\D", "", number)
    if "*" in number or len(digits) < 7:
        return number
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    area, _, rest = number.partition("-") if number.startswith("0") and "-" in number else ("", "", number)
    local = re.sub(r"\D", "", rest.split("-")[0])
    return f"{area}-{local[:-4]}****" if area else f"{local[:-4]}****"


def mask_phones(stored: str) -> str:
    """A stored phone field (numbers joined by 、) masked."""
    return "、".join(mask_phone(n) for n in stored.split("、"))


# Same length on both sides: what is found in the half-width copy is replaced in the original.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－—–（）＋　．＊", "0123456789---()+ .*")
_IN_TEXT = re.compile(
    rf"(?<![\d*])(?<!\d\.)(?:{_MOBILE}|\(?0\d{{2,3}}\)?[\s-]?\d{{7,8}}{_EXTENSION})(?![\d*])(?!\.\d)(?!\s*[元万亿吨亩])",
    re.IGNORECASE,
)


def mask_phones_in_text(text: str) -> str:
    """Any text with its telephone numbers masked, full-width ones too; everything else untouched."""
    copy = text.translate(_HALF_WIDTH)
    parts: list[str] = []
    position = 0
    for match in _IN_TEXT.finditer(copy):
        parts += (text[position : match.start()], mask_phone(_tidy_number(match.group(0))))
        position = match.end()
    return "".join((*parts, text[position:]))


def equals_masked(stored: str | None, incoming: str | None) -> bool:
    """Whether an incoming value is the stored one, masked or not (so that an export comes back as no change)."""
    if stored is None or incoming is None:
        return stored == incoming
    return incoming in {stored, mask_phones(stored), mask_phones_in_text(stored)}


def is_masked(text: str | None) -> bool:
    """Whether a text holds a masked number."""
    return text is not None and re.search(r"\d\*{4}", text) is not None


def _read_name(text: str) -> tuple[str, str]:
    """Name and title of one person: "李四(办公室主任)", "王五局长", "张 三"."""
    titles = [t.strip() for t in re.findall(r"\(([^()]*)\)", text) if t.strip()]
    bare = _LABELS.sub("", re.sub(r"\([^()]*\)", " ", text))
    bare = re.sub(r"[:：。.\-]+", " ", bare).strip()
    if re.fullmatch(r"[\u3400-\u9fff]( [\u3400-\u9fff]){1,2}", bare):
        bare = bare.replace(" ", "")
    parts = bare.split()
    if len(parts) == 2 and all(re.fullmatch(r"[\u3400-\u9fff·]+", p) for p in parts):
        first_titled = re.fullmatch(rf".*(?:{_TITLES})", parts[0])
        name, title = (parts[1], parts[0]) if first_titled else (parts[0], parts[1])
        return name, "，".join([title, *titles])
    bare = bare.replace(" ", "") if re.search(r"[\u3400-\u9fff]", bare) else bare
    match = _TITLED.match(bare)
    if match is not None:
        return match.group(1), "，".join([match.group(2), *titles])
    return bare, "，".join(titles)


def read_people(raw: object) -> tuple[Person, ...]:
    """The people of a cell, each with title and numbers: "张 三 138-0013-8000、李四(办公室主任)0734-1234567"."""
    text = plain(cell_text(raw).replace("\n", "、"))
    if is_empty_mark(text):
        return ()
    people: list[Person] = []
    pending: list[str] = []
    position = 0
    for match in [*_NUMBER.finditer(text), None]:
        between = text[position : match.start() if match else len(text)]
        names = [n for n in (_read_name(part) for part in _SEPARATORS.split(between)) if n[0]]
        people.extend(Person(name, title) for name, title in names)
        if pending and names and len(people) == len(names):
            people[0] = Person(people[0].name, people[0].title, tuple(pending))
            pending = []
        if match is None:
            break
        number = _tidy_number(match.group(0))
        if people:
            last = people[-1]
            people[-1] = Person(last.name, last.title, (*last.phones, number))
        else:
            pending.append(number)
        position = match.end()
    return tuple(people) if people or not pending else (Person("", "", tuple(pending)),)


class PhoneKind(Kind):
    """One or several telephone numbers, joined by 、. Masked numbers pass through with a warning."""

    name = "phone"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """Read numbers; words beside them become the note."""
        text = short_text(raw)
        if is_empty_mark(text):
            return Reading(None)
        if isinstance(raw, str) and _SCIENTIFIC.fullmatch(text.replace(" ", "")):
            reason = f"“{text}”{LOST_DIGITS}"
            raise BadValue(reason)
        found = [m.group(0) for m in _NUMBER.finditer(text)]
        rest = _LABELS.sub("", _NUMBER.sub(" ", text))
        stray = re.search(r"\d{5,}", rest)
        if stray or not found:
            number = stray.group(0) if stray else text
            reason = f"“{number}”位数不对，不是电话号码" if re.search(r"\d", number) else f"“{text}”不是电话号码"
            raise BadValue(reason)
        tidy = [_tidy_number(n) for n in found]
        numbers = [n for i, n in enumerate(tidy) if "*" in n or n not in tidy[:i]]
        note = " ".join(re.sub(r"[、,，;；/|()\[\]:：\-]+", " ", rest).split())
        warnings = ("号码中间几位已隐去，不是完整号码",) if any("*" in n for n in numbers) else ()
        return Reading("、".join(numbers), warnings, note=note)

    def format(self, value: object | None) -> str:
        """The numbers in full; printing and export mask them with :func:`mask_phones`."""
        return value if isinstance(value, str) else ""


PHONE = PhoneKind()
