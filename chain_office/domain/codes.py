"""统一社会信用代码 (GB 32100-2015), its predecessors, and industry codes (GB/T 4754-2017)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import cell_text, is_empty_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**i % 31 for i in range(17))
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKES = {"O": "0", "I": "1", "S": "5", "V": "U", "Z": "2"}
_OFFICES = "123456789ANY"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+$", re.IGNORECASE)
CREDIT_CODE_NAME, ORGANISATION, REGISTRATION = "统一社会信用代码", "组织机构代码", "工商注册号"
LOST_DIGITS = "被表格软件变成了科学计数法，后几位已丢失，请从原件重新填写"
_REGION = 4
"""Digits of a division code that name a city."""


def check_character(first17: str) -> str:
    """The 18th character of a 统一社会信用代码."""
    total = sum(CHARSET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return CHARSET[(31 - total % 31) % 31]


def organisation_check(first8: str) -> str:
    """The 9th character of a 组织机构代码 (GB 11714)."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def registration_check(first14: str) -> str:
    """The 15th digit of an old 注册号 (ISO 7064 MOD 11,10)."""
    carry = 10
    for c in first14:
        carry = (carry + int(c)) % 10 or 10
        carry = carry * 2 % 11
    return str((11 - carry) % 10)


class CreditCodeKind(Kind):
    """A 统一社会信用代码; older codes are kept with a warning."""

    name = "credit_code"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """Read a code. Wrong characters, length or check character raise :class:`BadValue` saying which."""
        text = short_text(raw)
        code = re.sub(r"[\s\-]", "", text).upper()
        if is_empty_mark(text):
            return Reading(None)
        if isinstance(raw, (int, float)) and len(code) > 15:
            reason = f"代码是数字格式，超过15位的部分{LOST_DIGITS}"
            raise BadValue(reason)
        if _SCIENTIFIC.match(text.replace(" ", "")) and ("." in text or "+" in text):
            reason = f"“{text}”{LOST_DIGITS}"
            raise BadValue(reason)
        if not re.fullmatch(r"[0-9A-Z]+", code):
            reason = f"“{text}”含有代码里不会有的字符"
            raise BadValue(reason)
        if len(code) == 18:
            return self._modern(code)
        return self._older(code)

    def _modern(self, code: str) -> Reading:
        illegal = sorted({c for c in code[:17] if c not in CHARSET})
        if illegal:
            better = "".join(_LOOKALIKES.get(c, c) for c in code)
            hint = f"，是不是{better}" if better[17] == check_character(better[:17]) else ""
            reason = f"“{code}”含有信用代码不用的字母{'、'.join(illegal)}{hint}"
            raise BadValue(reason, choices=(better,) if hint else ())
        expected = check_character(code[:17])
        if expected != code[17]:
            reason = f"“{code}”校验不对：末位应为{expected}，请逐位核对"
            raise BadValue(reason)
        warnings: list[str] = []
        if code[0] not in _OFFICES or not code[2:8].isdigit():
            warnings.append(f"“{code}”的登记部门或区划码少见，请核对")
        return Reading(code, tuple(warnings))

    def _older(self, code: str) -> Reading:
        name = old_code(code)
        if name:
            return Reading(code, (f"{code}是旧{name}，不是{CREDIT_CODE_NAME}",))
        if len(code) == 9 and code[:8].isdigit():
            reason = f"“{code}”像是旧{ORGANISATION}，校验不对：末位应为{organisation_check(code[:8])}，请逐位核对"
        elif len(code) == 15 and code.isdigit():
            reason = f"“{code}”像是旧{REGISTRATION}，校验不对：末位应为{registration_check(code[:14])}，请逐位核对"
        else:
            reason = f"“{code}”是{len(code)}位，{CREDIT_CODE_NAME}应为18位"
        raise BadValue(reason)

    def format(self, value: object | None) -> str:
        """The code itself."""
        return value if isinstance(value, str) else ""


def is_credit_code(code: str) -> bool:
    """Whether a stored code is a valid 18-character one (not an older code)."""
    return len(code) == 18 and all(c in CHARSET for c in code) and check_character(code[:17]) == code[17]


def old_code(code: str) -> str:
    """What a code from before 2015 is called; "" for any other."""
    if len(code) == 9 and code[:8].isalnum() and organisation_check(code[:8]) == code[8]:
        return ORGANISATION
    if len(code) == 15 and code.isdigit() and registration_check(code[:14]) == code[14]:
        return REGISTRATION
    return ""


def code_name(code: str) -> str:
    """What a stored code is called by its name: an old one is never called 统一社会信用代码."""
    return old_code(code) or CREDIT_CODE_NAME


def home_regions(division_codes: Iterable[str]) -> tuple[str, ...]:
    """The cities that districts with these codes (GB/T 2260, six digits) are in, by their first four digits."""
    return tuple(sorted({code[:_REGION] for code in division_codes if re.fullmatch(r"\d{6}", code)}))


def registered_elsewhere(code: str, regions: tuple[str, ...]) -> str:
    """What is to be said of a code whose registration office lies in none of the cities ``regions``; "" where there is
    nothing to say. The digits are those of the office at the time it registered the firm: never wrong, worth a look."""
    if not regions or not is_credit_code(code) or not code[2:8].isdigit() or code[2:8].startswith(regions):
        return ""
    return f"登记机关区划码 {code[2:8]} 不在本市（{'、'.join(f'{one}××' for one in regions)}），请核对是不是外地注册"


_LEVELS = {1: "门类", 2: "大类", 3: "中类", 4: "小类"}


class IndustryCodeKind(Kind):
    """An industry code of GB/T 4754-2017, without its letter."""

    name = "industry_code"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """ "C2613无机盐制造" → "2613" with the words as note; 911 (a number that lost its zero) → "0911"."""
        text = short_text(raw).replace(" ", "")
        if is_empty_mark(text):
            return Reading(None)
        match = re.fullmatch(r"([A-Ta-t])?(\d{2,4})(\D.*)?", text) or re.fullmatch(r"(\D*?)()?\((\d{2,4})\)?", text)
        if match is None:
            reason = f"“{cell_text(raw)}”不是行业代码（2至4位数字）"
            raise BadValue(reason)
        code = match.group(2) or match.group(3)
        note = (match.group(3) if match.group(2) else match.group(1)) or ""
        warnings: list[str] = []
        if len(code) == 3 and code[0] == "9" and not match.group(1):
            code = f"0{code}"
            warnings.append(f"“{text}”补上首位0，读作{code}")
        if code in {"325", "326"}:
            warnings.append(_CODE_TRAPS[code])
        return Reading(code, tuple(warnings), note=note.strip("()"))

    def format(self, value: object | None) -> str:
        """The code itself."""
        return value if isinstance(value, str) else ""


_CODE_TRAPS = {
    "325": "325在2011版是有色金属铸造，在2017版是有色金属压延加工，请核对",
    "326": "326在2011版是有色金属压延加工，2017版没有这个代码，请核对",
}

CREDIT_CODE = CreditCodeKind()
INDUSTRY_CODE = IndustryCodeKind()
