"""Working out what making two enterprises one would do. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.db.forms import form
from chain_office.domain.errors import KnownError
from chain_office.domain.firm_merging import Choice, FirmMerging
from chain_office.domain.money import show_money
from chain_office.domain.names import name_key
from chain_office.queries import firm_merging as reading
from chain_office.queries.editing.options import options
from chain_office.queries.editing.rows import live
from chain_office.queries.editing.rows import row as row_of
from chain_office.queries.settings_names import columns_naming
from chain_office.services.editing.titles import noun_of
from chain_office.services.firm_merging.spells import Stay, together

if TYPE_CHECKING:
    from collections.abc import Set

    from chain_office.db.ledger import Ledger
    from chain_office.queries.editing.rows import Row

MONTH = "month:"
AMOUNTS = (("month_yuan", "本月"), ("cum_yuan", "累计"), ("month_prev_yuan", "上年同月"), ("cum_prev_yuan", "上年同期"))
_APART = frozenset({"name", "former_names"})
_COUNTED_ELSEWHERE = frozenset({"not_duplicate", "output_answer", "visit_plan"})
NO_MERGE = "没有合并"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written. ``fields``: of the enterprise that stays; ``months``: output row → values; ``bins``: rows
    kept only once, by table; ``stays``: the register afterwards."""

    kept: Row
    gone: Row
    fields: dict[str, Any]
    months: dict[str, dict[str, Any]]
    bins: dict[str, tuple[str, ...]]
    stays: tuple[Stay, ...]


def look_at_merging(ledger: Ledger, kept_id: str, gone_id: str) -> FirmMerging:
    """What merging would do, with what differs to choose from. Raises KnownError where it cannot be."""
    kept, gone = _both(ledger, kept_id, gone_id)
    work = plan(ledger, kept_id, gone_id, frozenset())
    months = reading.same_months(ledger, kept_id, gone_id)
    choices = [*_fields_apart(ledger, kept, gone), *_months_apart(months)]
    labels = [one.spec.label for one in form("enterprise") if one.name in work.fields and one.name not in _APART]
    return FirmMerging(
        kept["short_name"] or kept["name"],
        gone["name"],
        _moved(ledger, gone_id, work),
        tuple(choices),
        tuple(labels),
        _once(work),
        _notes(ledger, kept_id, gone_id),
    )


def plan(ledger: Ledger, kept_id: str, gone_id: str, others: Set[str]) -> Work:
    """The work; ``others``: keys of the choices where what the one that goes states is taken."""
    kept, gone = _both(ledger, kept_id, gone_id)
    fields: dict[str, Any] = {}
    for field in form("enterprise"):
        name = field.name
        if name in _APART or gone[name] in {None, ""}:
            continue
        if kept[name] in {None, ""} or (name in others and kept[name] != gone[name]):
            fields[name] = gone[name]
    former = _former(kept, gone)
    if former != (kept["former_names"] or ""):
        fields["former_names"] = former
    same = reading.same_months(ledger, kept_id, gone_id)
    _refuse_signed_off(ledger, same)
    months = {mine["id"]: _filled(mine, theirs, f"{MONTH}{mine['month']}" in others) for mine, theirs in same}
    bins = {
        "monthly_output": tuple(theirs["id"] for _, theirs in same),
        "contact": tuple(_contacts_twice(ledger, kept_id, gone_id)),
        "visit_plan": tuple(reading.plans_twice(ledger, kept_id, gone_id)),
        "not_duplicate": tuple(_between(ledger, kept_id, gone_id)),
    }
    for table, row_id in reading.loans_twice(ledger, kept_id, gone_id):
        bins[table] = (*bins.get(table, ()), row_id)
    stays = together(
        live(ledger, "register_spell", enterprise_id=kept_id), live(ledger, "register_spell", enterprise_id=gone_id)
    )
    bins["register_spell"] = tuple(one for stay in stays for one in stay.swallowed)
    return Work(kept, gone, fields, {one: values for one, values in months.items() if values}, bins, stays)


def _both(ledger: Ledger, kept_id: str, gone_id: str) -> tuple[Row, Row]:
    if kept_id == gone_id:
        raise KnownError(f"不能把一家企业合并到它自己，{NO_MERGE}；请选中两家企业。")
    kept, gone = row_of(ledger, "enterprise", kept_id), row_of(ledger, "enterprise", gone_id)
    if kept is None or gone is None or kept["deleted_at"] or gone["deleted_at"]:
        raise KnownError(f"其中一家已不在台账里，{NO_MERGE}；请刷新后再看。")
    return kept, gone


def _former(kept: Row, gone: Row) -> str:
    own = {name_key(word) for word in (kept["name"], kept["short_name"]) if word}
    words = (kept["former_names"] or "").splitlines()
    words += [gone["name"], gone["short_name"] or "", *(gone["former_names"] or "").splitlines()]
    found: dict[str, str] = {}
    for word in words:
        if word and name_key(word) not in own:
            found.setdefault(name_key(word), word)
    return "\n".join(found.values())


def _fields_apart(ledger: Ledger, kept: Row, gone: Row) -> list[Choice]:
    found = []
    for field in form("enterprise"):
        mine, theirs = kept[field.name], gone[field.name]
        if field.name in _APART or mine in {None, ""} or theirs in {None, ""} or mine == theirs:
            continue
        texts = [
            options(ledger, field.link, [str(value)])[0].label if field.link else field.spec.kind.edit(value)
            for value in (mine, theirs)
        ]
        found.append(Choice(field.name, field.spec.label, *texts))
    return found


def _months_apart(same: list[tuple[Row, Row]]) -> list[Choice]:
    found = []
    for mine, theirs in same:
        apart = [
            (name, word)
            for name, word in AMOUNTS
            if mine[name] is not None and theirs[name] is not None and mine[name] != theirs[name]
        ]
        if apart:
            texts = ("，".join(f"{word} {show_money(row[name])}" for name, word in apart) for row in (mine, theirs))
            found.append(Choice(f"{MONTH}{mine['month']}", f"{mine['month']} 产值", *texts))
    return found


def _filled(mine: Row, theirs: Row, take: bool) -> dict[str, Any]:
    """What a month of the one that stays takes over: what it lacks, and where it is to be taken what it says else."""
    return {
        field.name: theirs[field.name]
        for field in form("monthly_output")
        if field.name not in {"enterprise_id", "month"}
        and theirs[field.name] not in {None, ""}
        and theirs[field.name] != mine[field.name]
        and (mine[field.name] in {None, ""} or take)
    }


def _refuse_signed_off(ledger: Ledger, same: list[tuple[Row, Row]]) -> None:
    locked = reading.signed_off(ledger)
    found = [str(mine["month"]) for mine, _ in same if mine["month"] in locked]
    if found:
        raise KnownError(
            f"两家都报了 {'、'.join(found)} 的产值，而这些月份已经签认，{NO_MERGE}；"
            "请先在产值“体检”里更正其中一家的数，或撤销签认。"
        )


def _contacts_twice(ledger: Ledger, kept_id: str, gone_id: str) -> list[str]:
    mine = {(row["name"], row["phone"]) for row in live(ledger, "contact", enterprise_id=kept_id)}
    theirs = live(ledger, "contact", enterprise_id=gone_id)
    return [row["id"] for row in theirs if (row["name"], row["phone"]) in mine]


def _between(ledger: Ledger, kept_id: str, gone_id: str) -> list[str]:
    rows = [*live(ledger, "not_duplicate", first_id=kept_id), *live(ledger, "not_duplicate", first_id=gone_id)]
    return [row["id"] for row in rows if {row["first_id"], row["second_id"]} == {kept_id, gone_id}]


def _moved(ledger: Ledger, gone_id: str, work: Work) -> tuple[tuple[str, int], ...]:
    found = []
    for table, column in columns_naming("enterprise"):
        if table in _COUNTED_ELSEWHERE or table == "register_spell":
            continue
        rows = live(ledger, table, **{column: gone_id})
        number = sum(1 for row in rows if row["id"] not in work.bins.get(table, ()))
        if number:
            found.append((noun_of(table), number))
    return tuple(found)


def _once(work: Work) -> tuple[str, ...]:
    words = {
        "monthly_output": "两家都报过的 {} 个月产值各留一条",
        "contact": "相同的 {} 个联系人只留一个",
        "credit": "同一银行、同一天、同一金额的 {} 笔授信只算一笔",
        "drawdown": "同一银行、同一天、同一金额的 {} 笔放款只算一笔",
        "visit_plan": "同一次活动里的 {} 条走访计划只留一条",
        "register_spell": "时间重叠或相接的在册记录合成一段（并掉 {} 条）",
    }
    return tuple(word.format(len(work.bins[table])) for table, word in words.items() if work.bins.get(table))


def _notes(ledger: Ledger, kept_id: str, gone_id: str) -> tuple[str, ...]:
    found = []
    if days := reading.same_days(ledger, kept_id, gone_id):
        found.append(f"有 {days} 天两家都走访过，走访记录都保留，请核对是否重复")
    if texts := reading.same_texts(ledger, kept_id, gone_id):
        found.append(f"有 {texts} 个问题写得一样，都保留，请核对是否重复")
    return tuple(found)
