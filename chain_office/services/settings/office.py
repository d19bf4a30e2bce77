"""本单位: the office's own name, its chain, who leads it, and the 截止日期 everything is shown at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.settings import put_settings, read_settings, setting_id
from chain_office.domain.days import DAY
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.numbers import small_number
from chain_office.queries.due.desks import FILING_DAY, LATEST_FILING_DAY
from chain_office.services.settings.texts import look_at, refuse, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

AS_OF = "as_of"
WORD = "paper_word"


@dataclass(frozen=True, slots=True)
class OfficeField:
    """One setting: what it is called, what it is for, an example of it."""

    key: str
    label: str
    hint: str
    example: str = ""


OFFICE_FIELDS = (
    OfficeField("office", "单位名称", "写在窗口标题和每份材料的落款处", "××市××产业链推进办公室"),
    OfficeField("chain", "产业链名称", "材料标题和口径里用的名称", "有色金属及新型合金产业链"),
    OfficeField("city", "所在市", "导入时据此认出“市××局”等写法", "××市"),
    OfficeField("lead_body", "牵头单位", "牵头这条产业链的市级机关", "××市人大常委会"),
    OfficeField("chain_leader", "牵头领导", "链长或联系这条链的市领导"),
    OfficeField("backing_units", "后盾单位", "支持这条链的市直单位，几个单位用顿号隔开"),
    OfficeField("host_areas", "承载地", "这条链主要落在哪些县市区、园区"),
    OfficeField("main_banks", "主链银行", "对口服务这条链的银行"),
    OfficeField(
        WORD,
        "发文代字",
        "交办单、催办函编号开头的字，后面自动接交、催、督、销；空着就取产业链名称的头两个字",
        "如 有色，编号就是有色交〔2021〕3号",
    ),
    OfficeField("contact", "联系人", "写在交办单和催办函上：单位有事找谁"),
    OfficeField("contact_phone", "联系电话", "写在交办单和催办函上的本单位电话；别人的电话打码，这个不打"),
    OfficeField(
        FILING_DAY,
        "产值报送日",
        "每月产值应在次月几日前报齐；空着就是 10 日。日程和没报名单按它算",
        "如 10",
    ),
    OfficeField(AS_OF, "截止日期", "所有数字算到哪一天；空着就是每天的当天", "如 2021-11-19、11月底"),
)
_BY_KEY = {field.key: field for field in OFFICE_FIELDS}
_NEEDED = frozenset({"chain", "city"})


def read_office(ledger: Ledger) -> dict[str, str]:
    """Every field of the office, "" for one not filled in."""
    kept = read_settings(ledger)
    return {field.key: kept.get(field.key, "") for field in OFFICE_FIELDS}


def save_office(ledger: Ledger, key: str, text: str, actor: str, *, insist: bool = False) -> Saved | None:
    """Set one field; None when it was that already. Raises :class:`Faulty` with a word beside the field."""
    field = _BY_KEY[key]
    read = {AS_OF: _read_day, FILING_DAY: _read_filing_day}.get(key)
    value = read(text) if read is not None else _read_line(field, text, insist=insist)
    if read_settings(ledger).get(key, "") == value:
        return None
    said = f"{field.label}已改为“{value}”" if value else f"{field.label}已清空"
    if key == AS_OF and not value:
        said = "截止日期已改为每天的当天"
    with ledger.write(actor, said) as writer:
        put_settings(writer, {key: value})
        row_id = setting_id(writer, key)
    return Saved(writer.write_no, "setting", row_id, said)


def _read_line(field: OfficeField, text: str, *, insist: bool) -> str:
    value = tidy(text)
    if not value and field.key in _NEEDED:
        raise Faulty((Fault(field.key, f"“{field.label}”不能空着：材料标题和导入都要用它"),))
    refuse(look_at(field.key, field.label, value, insist=insist))
    return value


def _read_day(text: str) -> str:
    """The day as it is kept, "" for every day's own; without a year it is this year's."""
    try:
        value = DAY.parse(tidy(text), Context(year=clock.today().year)).value
    except BadValue as error:
        message = f"截止日期“{tidy(text)}”读不懂（{error.reason}）；请写成 2021-11-19 这样，或空着"
        raise Faulty((Fault(AS_OF, message),)) from error
    return DAY.format(value)


def _read_filing_day(text: str) -> str:
    """The day of the month as it is kept, "" for the usual one."""
    value = tidy(text).removeprefix("次月").removesuffix("前").removesuffix("日").removesuffix("号").strip()
    number = small_number(value) if value else 0
    if number is None or (value and not 1 <= number <= LATEST_FILING_DAY):
        message = f"“{tidy(text)}”不是报送日；请填 1 到 {LATEST_FILING_DAY} 的整数（每个月都有的日子），或空着"
        raise Faulty((Fault(FILING_DAY, message),))
    return str(number) if value else ""


def understood(key: str, text: str) -> str:
    """What a typed 截止日期 means, to be shown while it is typed; "" for anything else or what cannot be read."""
    if key != AS_OF or not text.strip():
        return ""
    try:
        return _read_day(text)
    except Faulty:
        return ""


def missing(values: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of what is not filled in and papers would like to name."""
    return tuple(
        field.label
        for field in OFFICE_FIELDS
        if field.key not in {AS_OF, WORD, FILING_DAY} and not values.get(field.key)
    )
