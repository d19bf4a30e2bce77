"""The health check and the corrections of a month as lines under headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.money import show_money
from chain_office.domain.output_entry import AMOUNTS, LABELS
from chain_office.domain.output_health import KIND_WORDS, SEVERITY_WORDS
from chain_office.ui.kit.grouped_rows import Group
from chain_office.ui.kit.rows import Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.domain.output_health import Corrected, Finding, Health

FINDINGS: Final = (Column("企业", 190), Column("情况", 300), Column("说明", 190))
CORRECTIONS: Final = (
    Column("日期", 86), Column("企业", 180), Column("更正前 → 更正后", 330), Column("原因", 200), Column("更正人", 70),
)  # fmt: skip
_LIGHTS: Final = {"severe": "red", "check": "amber", "note": "grey"}


def finding_id(one: Finding) -> str:
    """How a finding's line is called."""
    return f"{one.enterprise_id}|{one.kind}"


def finding_groups(found: Health, *, open_only: bool) -> list[Group]:
    """The findings by kind, the severe first; what was explained says how."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for one in found.findings:
        if one.open or not open_only:
            kinds.setdefault((one.kind, one.severity), []).append(one)
    groups = []
    for (kind, severity), some in kinds.items():
        done = sum(not one.open for one in some)
        told = f"，已说明 {done}" if done else ""
        heading = f"{KIND_WORDS[kind]}　{len(some)} 家{told}　{SEVERITY_WORDS[severity]}"
        light = _LIGHTS[severity] if done < len(some) else "green"
        groups.append(Group(kind, heading, tuple(map(_line, some)), light))
    return groups


def _line(one: Finding) -> Line:
    answered = one.answer
    said = f"{answered.text}（{answered.actor}）" if answered is not None else ""
    advised = "可按建议改" if one.suggested and answered is None else ""
    return Line(finding_id(one), (one.name, one.words, said or advised), ("", "", "" if said else "quiet"))


def changes(before: Mapping[str, int | None], after: Mapping[str, int | None]) -> str:
    """What a correction changed: "累计 1.20 亿元 → 1.02 亿元"."""
    told = [
        f"{LABELS[name]} {show_money(before.get(name)) or '未报'} → {show_money(after.get(name)) or '空'}"
        for name in AMOUNTS
        if before.get(name) != after.get(name)
    ]
    return "；".join(told) or "金额没有变化"


def correction_lines(found: Iterable[Corrected]) -> list[Line]:
    """The corrections, newest first."""
    return [
        Line(one.enterprise_id, (one.day.isoformat(), one.name, changes(one.before, one.after), one.reason, one.actor))
        for one in reversed(tuple(found))
    ]


def status(found: Health) -> str:
    """How a month stands, in words."""
    counts = {key: [one for one in found.findings if one.severity == key] for key in SEVERITY_WORDS}
    parts = [f"应报 {found.expected} 家，已报 {found.filed} 家"]
    for key, some in counts.items():
        if some:
            left = sum(one.open for one in some)
            done = "都已说明" if not left else f"还有 {left} 项没说明" if left < len(some) else "都没说明"
            parts.append(f"{SEVERITY_WORDS[key]} {len(some)} 项" + ("" if key == "note" else f"（{done}）"))
    return "　".join(parts)
