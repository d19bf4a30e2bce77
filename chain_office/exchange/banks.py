"""Bank names in headings and cells."""

from __future__ import annotations

import re

from chain_office.domain.plain import plain

BANK_NAME = re.compile(
    r"^[\u4e00-\u9fff]{2,10}?(?:银行|农商行|农信社|信用社|村镇行)|^(?:建|工|农|中|交|邮储|招|浦发|农发|国开|进出口|民生|华夏|光大|兴业|农开)行"
)
GENERIC = re.compile(r"意向|承贷|合作|贷款|放款|对接|签约|主办|授信|各|有关|相关|其他|银行名称|所属|开户|主链")
SEPARATORS = re.compile(r"[、,，;；/\n|]+|\s+和\s*|和(?=[\u4e00-\u9fff]{1,8}(?:银行|行)$)")
BANK_AMOUNTS = ("intent_yuan", "granted_yuan", "drawn_yuan")
"""Fields that hold one bank's amount: with several banks in the row they cannot be told apart."""


def leading_bank(words: str, banks: frozenset[str], headings: set[str]) -> tuple[str, str]:
    """The bank a normalised heading starts with and the words after it; ("", "") if it names none."""
    if words in headings:
        return "", ""
    if words in banks:
        return words, ""
    known = max((bank for bank in banks if len(bank) >= 2 and words.startswith(bank)), key=len, default="")
    if known:
        return known, words[len(known) :]
    match = BANK_NAME.match(words)
    if match and not GENERIC.search(match[0]):
        return match[0], words[match.end() :]
    return "", ""


def split_banks(text: str) -> list[str]:
    """The banks named in one cell."""
    return [part for part in (one.strip() for one in SEPARATORS.split(plain(text))) if part]


def split_amounts(answer: str) -> list[tuple[str, str]]:
    """ "建设银行3000万元、国开行2000万元" → its banks with their amounts; [] if a part lacks either."""
    found = []
    for part in re.split(r"[、,，;；\n]+", plain(answer)):
        match = re.match(r"^\s*([^\d:：]{2,16}?)\s*[:：]?\s*(约?\d.*)$", part)
        if match is None:
            return []
        found.append((match[1].strip(), match[2].strip()))
    return found
