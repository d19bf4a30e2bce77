"""What is looked at before anything is saved: each value by its kind, then the record as a whole. All faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.domain.errors import BugError
from chain_office.domain.forms import Fault
from chain_office.domain.kinds import BadValue
from chain_office.domain.money import YI, show_money
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.textkinds import ChoiceKind, FlagKind
from chain_office.queries.editing.hanging import OWNERS, is_live
from chain_office.services.editing.case import Case, warn
from chain_office.services.editing.rules_firms import BETWEEN as BETWEEN_FIRMS
from chain_office.services.editing.rules_firms import RULES as FIRMS
from chain_office.services.editing.rules_lists import RULES as LISTS
from chain_office.services.editing.rules_loans import BETWEEN as BETWEEN_LOANS
from chain_office.services.editing.rules_loans import RULES as LOANS
from chain_office.services.editing.rules_output import RULES as OUTPUT
from chain_office.services.editing.rules_problems import BETWEEN as BETWEEN_PROBLEMS
from chain_office.services.editing.rules_problems import RULES as PROBLEMS
from chain_office.services.editing.rules_projects import BETWEEN as BETWEEN_PROJECTS
from chain_office.services.editing.rules_projects import RULES as PROJECTS
from chain_office.services.editing.rules_visits import BETWEEN as BETWEEN_VISITS
from chain_office.services.editing.rules_visits import RULES as VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.domain.forms import Form, FormField

_RULES = {**FIRMS, **PROBLEMS, **LOANS, **PROJECTS, **OUTPUT, **VISITS, **LISTS}
_BETWEEN = {**BETWEEN_FIRMS, **BETWEEN_PROBLEMS, **BETWEEN_LOANS, **BETWEEN_PROJECTS, **BETWEEN_VISITS}
_LONGEST = 20_000
_HUGE = 1_000 * YI


def cleaned(form: Form, changes: Mapping[str, object]) -> tuple[dict[str, Any], list[Fault]]:
    """Values as they are stored, and what cannot be read."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in changes.items():
        try:
            field = form.field(name)
        except KeyError:
            message = f"{form.table} has no field {name} in its form"
            raise BugError(message) from None
        try:
            values[name] = _clean(field, value)
        except BadValue as error:
            faults.append(Fault(name, f"{field.spec.label}：{error.reason}"))
    return values, faults


def _clean(field: FormField, value: object) -> object:
    if field.link:
        return value or None
    kind = field.spec.kind
    clean = kind.clean(value)
    if isinstance(kind, FlagKind):
        return bool(clean)
    if isinstance(clean, str):
        if len(clean) > _LONGEST:
            reason = f"太长（{len(clean):,} 字），最多 {_LONGEST:,} 字；更长的材料请作附件"
            raise BadValue(reason)
        if "\0" in clean:
            reason = "有看不见的控制字符，请重新输入"
            raise BadValue(reason)
        if field.fixed and not isinstance(kind, ChoiceKind) and clean not in field.spec.choices:
            reason = f"“{clean}”不在可选项中（{'、'.join(field.spec.choices)}）"
            raise BadValue(reason, choices=field.spec.choices)
        return clean or None
    return clean


def faults(case: Case) -> Iterator[Fault]:
    """What is wrong with the record as it would be."""
    for field in case.form:
        yield from _of_field(case, field)
    rules = _RULES.get(case.form.table)
    if rules is not None:
        yield from rules(case)


def between(table: str) -> Callable[[Case], Iterator[Fault]] | None:
    """The rules of a table's records that look at other records; None where there are none."""
    return _BETWEEN.get(table)


def _of_field(case: Case, field: FormField) -> Iterator[Fault]:
    if not case.touched(field.name):
        return
    value, label = case.after[field.name], field.spec.label
    if field.name == case.form.owner and not case.is_new and case.form.table in OWNERS:
        yield Fault(field.name, f"已登记的{case.form.noun}不能改到别的{label}名下；请移入回收站，再在那里新建")
    if field.required and value is None:
        yield Fault(field.name, f"{label}没有填" if not field.link else f"没有选择{label}")
    if field.link and value is not None and not is_live(case.ledger, field.link, value):
        yield Fault(field.name, f"所选的{label}已不在台账里（可能刚移入回收站），请重新选择")
    if isinstance(value, str) and not field.link:
        mark = find_secrecy_mark(value)
        if mark is not None:
            yield warn(field.name, f"{label}：{mark.reason}")
    if field.spec.kind.name == "money" and isinstance(value, int) and abs(value) >= _HUGE:
        yield warn(field.name, f"{label} {show_money(value)}，数额特别大，请核对单位")
