"""Rules of enterprises, their contacts and their stays on the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.domain.codes import code_name, registered_elsewhere
from chain_office.domain.forms import Fault
from chain_office.domain.names import name_key
from chain_office.queries.editing.namesakes import namesakes
from chain_office.queries.editing.rows import live
from chain_office.queries.register import regions_of
from chain_office.services.editing.case import in_order, not_negative, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.queries.editing.rows import Row
    from chain_office.services.editing.case import Case


def _enterprise(case: Case) -> Iterator[Fault]:
    yield from not_negative(case, "employees")
    after = case.after
    yield from _code(case)
    yield from _other_names(case)
    if after["name"] and case.touched("name"):
        for name, number, code, how in namesakes(
            case.ledger, after["name"], after["name_key"], after["name_core"], case.row_id
        ):
            if not (after["uscc"] and code and after["uscc"] != code):
                called = f"“{name}”（{numbered('enterprise', number)}）"
                yield warn("name", f"台账里已有{called}，{how}，请核对是不是同一家")


def _code(case: Case) -> Iterator[Fault]:
    """One code, one enterprise; two records with it are pointed out, and merged where people say so."""
    code = case.after["uscc"]
    if not code or not case.touched("uscc"):
        return
    for other in case.others(live(case.ledger, "enterprise", uscc=code)):
        yield warn(
            "uscc", f"{code_name(code)}与{_called(other)}相同，应是同一家企业；请改那条记录，或保存后到“重复”里合并"
        )
    elsewhere = registered_elsewhere(code, regions_of(case.ledger))
    if elsewhere:
        yield warn("uscc", elsewhere)


def _other_names(case: Case) -> Iterator[Fault]:
    """A short or former name that is the name of another enterprise."""
    after = case.after
    for field in ("short_name", "former_names"):
        if not after[field] or not case.touched(field):
            continue
        for word in after[field].splitlines():
            for other in case.others(live(case.ledger, "enterprise", name_key=name_key(word))):
                if not (after["uscc"] and other["uscc"] and after["uscc"] != other["uscc"]):
                    yield warn(field, f"“{word}”是{_called(other)}的名称，请核对是不是同一家")


def _called(row: Row) -> str:
    return f"“{row['name']}”（{numbered('enterprise', row['number'])}）"


def _contact(case: Case) -> Iterator[Fault]:
    if not case.after["name"] and not case.after["phone"]:
        yield Fault("name", "姓名和电话至少填一项")
    if case.touched("name") and case.after["name"]:
        key = name_key(case.after["name"])
        for other in case.others(live(case.ledger, "contact", enterprise_id=case.after["enterprise_id"])):
            if other["name"] and name_key(other["name"]) == key:
                yield warn("name", f"这家企业已有联系人“{other['name']}”，请核对是不是同一人")


def _register_spell(case: Case) -> Iterator[Fault]:
    yield from in_order(case, "entry_day", "exit_day", same_day=False)
    after = case.after
    if case.touched("exit_day", "exit_reason") and after["exit_reason"] and not after["exit_day"]:
        yield warn("exit_day", "写了退规原因，但没有退规时间，仍按在册计")
    yield from _overlapping(case)


def _overlapping(case: Case) -> Iterator[Fault]:
    after = case.after
    if not case.touched("entry_day", "exit_day", "enterprise_id"):
        return
    for other in case.others(live(case.ledger, "register_spell", enterprise_id=after["enterprise_id"])):
        if _overlap(after, other):
            yield Fault("entry_day", f"与已有的在册记录（{_stretch(other)}）时间重叠；请修改那一条，或先填它的退规时间")


def _overlap(one: Row, other: Row) -> bool:
    def before(first: Row, second: Row) -> bool:
        return bool(first["exit_day"] and second["entry_day"] and first["exit_day"] <= second["entry_day"])

    return not before(one, other) and not before(other, one)


def _stretch(row: Row) -> str:
    return f"{row['entry_day'] or '一直'} 起" + (f"，{row['exit_day']} 止" if row["exit_day"] else "")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "enterprise": _enterprise,
    "contact": _contact,
    "register_spell": _register_spell,
}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "register_spell": _overlapping,
}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
