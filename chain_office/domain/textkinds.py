"""Texts, names, yes/no answers and choices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chain_office.domain.identity_numbers import blank_id_numbers
from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import cell_text, is_empty_mark, plain

ID_NUMBER_WARNING = "文字里有身份证号，已隐去（本系统不存身份证号）"
_CJK = "\u3400-\u9fff"


class TextKind(Kind):
    """One line of text; ID-card numbers are blanked."""

    name = "text"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """The text as it stands, tidied; "" is None."""
        text, count = blank_id_numbers(self.tidy(cell_text(raw)))
        return Reading(text or None, (ID_NUMBER_WARNING,) if count else ())

    def tidy(self, text: str) -> str:
        """Runs of white space as one space."""
        return re.sub(r"\s+", " ", text).strip()

    def format(self, value: object | None) -> str:
        """The text itself."""
        return value if isinstance(value, str) else ""


class LongTextKind(TextKind):
    """Text of several lines."""

    name = "long_text"

    def tidy(self, text: str) -> str:
        """Line ends kept, blanks at their ends dropped, at most one empty line between paragraphs."""
        lines = [re.sub(r"[ \t\u3000\u00a0]+$", "", line) for line in text.replace("\r\n", "\n").split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class NameKind(TextKind):
    """A name: no blanks between Chinese characters, empty marks are None."""

    name = "name"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """The name as written, tidied."""
        return Reading(None) if is_empty_mark(cell_text(raw)) else super().parse(raw, context)

    def tidy(self, text: str) -> str:
        """ "张 三" → "张三"; "（ 湖南 ）" → "（湖南）"."""
        one_line = super().tidy(text)
        closed = re.sub(rf"(?<=[{_CJK}（）()]) (?=[{_CJK}（）()])", "", one_line)
        return re.sub(r"(?<=[（(]) | (?=[）)])", "", closed)


_NO = re.compile(r"不|无|没有|未|否|非|缺|需上级|超出|越权")
_YES = re.compile(r"是|有|√|✓|✔|☑|可|能|具备|急|对|同意|属|已|办得到|满足|符合|通过|重要|达到")
_YES_EXACT = frozenset({"y", "yes", "true", "t", "1", "√", "✓", "✔", "☑", "o", "○", "a", "v", "高", "强"})
_NO_EXACT = frozenset({"n", "no", "false", "f", "0", "×", "✗", "✘", "☒", "x", "✕", "╳", "一般", "低", "弱", "缓"})
_PENDING = re.compile(r"待|暂缓|研究|再议|核实中|不确定|未定|存疑|部分")
PENDING_WORDS = {"yes": "是", "no": "否", "pending": "待定"}


class YesNoKind(Kind):
    """ "yes", "no" or "pending" (the three screening verdicts and the like)."""

    name = "yes_no"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """Read 是/否/√/×/具备/不具备/急需/一般/待定."""
        text = re.sub(r"[\s。.;；,，]", "", short_text(raw)).casefold()
        if text in _YES_EXACT:
            return Reading("yes")
        if text in _NO_EXACT:
            return Reading("no")
        if _PENDING.search(text):
            return Reading("pending")
        if text == "无" or is_empty_mark(text):
            return Reading("no" if text in {"无", "没有"} else None)
        if _NO.search(text):
            return Reading("no")
        if _YES.search(text):
            return Reading("yes")
        reason = f"“{cell_text(raw)}”看不出是或否"
        raise BadValue(reason)

    def format(self, value: object | None) -> str:
        """是, 否, 待定."""
        return PENDING_WORDS.get(value, "") if isinstance(value, str) else ""

    def clean(self, value: object | None) -> object | None:
        """One of the three ids, or a text that says one."""
        return value if value in PENDING_WORDS or value is None else self.parse(value).value


class FlagKind(YesNoKind):
    """True or False."""

    name = "flag"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """是 → True, 否 → False, 待定 → None."""
        value = super().parse(raw, context).value
        return Reading(None if value in {None, "pending"} else value == "yes")

    def format(self, value: object | None) -> str:
        """是 or 否."""
        return ("是" if value else "否") if isinstance(value, bool) else ""

    def clean(self, value: object | None) -> object | None:
        """A bool."""
        return value if isinstance(value, bool) or value is None else self.parse(value).value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed set: stored id, shown label, other words for it."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


def choice_key(text: str) -> str:
    """A text as choices are compared: NFKC, no blanks, no punctuation."""
    return re.sub(r"[\s\-/.,;:。、，；：()\[\]“”\"'·]", "", plain(text)).casefold()


class ChoiceKind(Kind):
    """One of a fixed set of choices, stored by id."""

    def __init__(self, name: str, choices: tuple[Choice, ...]) -> None:
        self.name = name
        self.choices = choices
        self._labels = {c.id: c.label for c in choices}
        self._words: dict[str, str] = {}
        for choice in choices:
            for word in (choice.id, choice.label, *choice.synonyms):
                self._words.setdefault(choice_key(word), choice.id)

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """An id, a label or a synonym; else the longest word the text starts with, with a warning."""
        short_text(raw)
        text = cell_text(raw)
        key = choice_key(text)
        if text and key in self._words:
            return Reading(self._words[key])
        if is_empty_mark(text):
            return Reading(None)
        inside = [word for word in self._words if len(word) >= 2 and word in key]
        if inside and not re.match(r"[不未非无]", key):
            word = max(inside, key=len)
            others = {self._words[w] for w in inside if w not in word}
            if not others - {self._words[word]}:
                chosen = self._words[word]
                return Reading(chosen, (f"“{text}”读作“{self._labels[chosen]}”",), note=text)
        reason = f"“{text}”不在可选项中（{'、'.join(self._labels.values())}）"
        raise BadValue(reason, choices=tuple(self._labels.values()))

    def label(self, id: str | None) -> str:
        """The label of a stored id; "" for None, the id itself for one that is not (or no longer) known."""
        return "" if id is None else self._labels.get(id, id)

    def format(self, value: object | None) -> str:
        """The label."""
        return self.label(value) if isinstance(value, str) else ""

    def clean(self, value: object | None) -> object | None:
        """A known id; labels and synonyms are turned into one."""
        return value if value is None or value in self._labels else self.parse(value).value


TEXT = TextKind()
LONG_TEXT = LongTextKind()
NAME = NameKind()
YES_NO = YesNoKind()
FLAG = FlagKind()
