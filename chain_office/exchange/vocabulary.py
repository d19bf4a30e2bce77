"""What headings a desk knows, ready for looking up."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from chain_office.domain.headings import normalise_heading
from chain_office.exchange.slots import Slot, read_slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.specs import DeskSpec, FieldSpec

SEQUENCE = frozenset({"序号", "no", "顺序号", "行号", "项次", "编序", "序"})
UNIT_COLUMNS = frozenset({"计量单位", "金额单位", "货币单位", "单位"})
NUMBERING = re.compile(r"^\s*(?:\d{1,2}\s*[.、．]|[①-⑳]|[(（]\d{1,2}[)）])\s*")
HARMLESS = re.compile(
    r"企业|项目|具体|主要|目前|当前|现有|存在|有关|相关|情况|内容|说明|描述|详细|简要|简述|填写|市级|县级|本级|工业|合计|总|全部|"
    r"[的及和与等或各该已请之]|如有|金额|额度|信息|名称|概况|基本|表述|汇总|是否|达成|落实|实际"
)
CHANGING = re.compile(
    r"率|比|数|个|时间|日期|时限|期限|年限|单位|部门|人|电话|方式|银行|原因|编号|代码|名|类|用途|计划|拟|预计|同|上年|去年|"
    r"目标|进度|增|减|占|评|户|家|排|序|分|月|季|年|领导|地|计|存|差|欠|未|不|无|拒|新|续|缺"
)


@dataclass(slots=True)
class Family:
    """Fields that hold the same measure for different periods: 本月, 累计, 上年同月, 上年同期."""

    specs: list[FieldSpec] = field(default_factory=list)
    rests: set[str] = field(default_factory=set)
    slots: dict[tuple[bool, str], FieldSpec] = field(default_factory=dict)

    def knows(self, slot: Slot) -> bool:
        """Whether the words beside the period name this measure."""
        return slot.rest in self.rests or (slot.bare in self.rests and slot.bare != "") or slot.rest == ""


@dataclass(slots=True)
class Vocabulary:
    """One desk's headings, normalised."""

    desk: DeskSpec
    exact: dict[str, FieldSpec] = field(default_factory=dict)
    meanings: dict[str, FieldSpec | None] = field(default_factory=dict)
    """Headings without words that change nothing (是否销号, 销号情况 → 销号); None where two fields would meet."""
    families: list[Family] = field(default_factory=list)

    def family_of(self, spec: FieldSpec) -> Family | None:
        """The family a periodic field belongs to."""
        return next((family for family in self.families if spec in family.specs), None)


def core(text: str) -> str:
    """A heading as it is compared."""
    return _core(text)[0]


@lru_cache(maxsize=65536)
def _core(text: str) -> tuple[str, str | None]:
    return normalise_heading(text)


def plainer(text: str) -> str:
    """A heading without numbering and without what its brackets explain: "1.存在的问题（可另附页）" → 存在的问题."""
    return NUMBERING.sub("", re.sub(r"[(（【\[][^()（）【】\[\]]*[)）】\]]", "", text)).strip()


def meaning(words: str) -> str:
    """What is left of a normalised heading without words that change nothing."""
    return HARMLESS.sub("", words)


def heading_unit(text: str) -> str:
    """The unit a heading states, "" without one."""
    return _core(text)[1] or ""


def build(desk: DeskSpec) -> Vocabulary:
    """The vocabulary of a desk; where two fields share a heading the earlier field has it."""
    vocabulary = Vocabulary(desk)
    for spec in desk:
        for heading in spec.headings:
            vocabulary.exact.setdefault(core(heading), spec)
    for spec in desk:
        for heading in spec.headings:
            without_brackets = core(re.sub(r"[(（][^()（）]*[)）]", "", heading))
            if len(without_brackets) >= 2:
                vocabulary.exact.setdefault(without_brackets, spec)
    for heading, spec in vocabulary.exact.items():
        bare = meaning(heading)
        if len(bare) >= 2 and vocabulary.meanings.setdefault(bare, spec) is not spec:
            vocabulary.meanings[bare] = None
    vocabulary.families = _families([spec for spec in desk if spec.periodic])
    return vocabulary


def _families(specs: list[FieldSpec]) -> list[Family]:
    """Join periodic fields of one kind that share a measure word."""
    families: list[Family] = []
    for spec in specs:
        slots = [read_slot(core(heading)) for heading in spec.headings]
        rests = {slot.rest for slot in slots} | {slot.bare for slot in slots}
        home = next((one for one in families if one.specs[0].kind is spec.kind and one.rests & rests), None)
        if home is None:
            home = Family()
            families.append(home)
        home.specs.append(spec)
        home.rests |= rests
        keys = Counter((slot.prior, slot.span) for slot in slots)
        for key, _count in keys.most_common():
            home.slots.setdefault(key, spec)
    for family in families:
        if family.specs[0].kind.name == "percent":
            family.rests.discard("")
    return families


@dataclass(slots=True)
class Lexicon:
    """All desks' vocabularies, and how many desks know each heading."""

    vocabularies: tuple[Vocabulary, ...]
    shared: Counter[str]
    banks: frozenset[str]

    def rarity(self, heading_core: str) -> float:
        """1 for a heading only one desk knows, 1/n for one that n desks share."""
        return 1 / max(self.shared[heading_core], 1)

    def is_heading(self, text: str) -> bool:
        """Whether some desk knows the text as a heading, exactly or as one of its periods."""
        return self._is_known(core(text)) or (plainer(text) != text and self._is_known(core(plainer(text))))

    def _is_known(self, name: str) -> bool:
        if not name or len(name) > 30:
            return False
        if name in self.shared or name in SEQUENCE or name in self.banks:
            return True
        slot = read_slot(name)
        if slot.period is None and not slot.prior:
            return False
        return any(family.knows(slot) for one in self.vocabularies for family in one.families)


def lexicon(desks: Sequence[DeskSpec], banks: frozenset[str]) -> Lexicon:
    """Everything headings are looked up in."""
    vocabularies = tuple(build(desk) for desk in desks)
    shared = Counter(name for one in vocabularies for name in one.exact)
    return Lexicon(vocabularies, shared, frozenset(core(bank) for bank in banks))
