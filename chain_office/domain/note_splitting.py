"""A visit's note of difficulties → the problems it names, one text each. Only proposes; a person confirms every one."""

from __future__ import annotations

import re
from typing import Final

_CHINESE: Final = "一二三四五六七八九十"
_MARK: Final = (
    rf"(?:(?:第?[{_CHINESE}]{{1,3}}(?:是|则|、|，)|其[{_CHINESE}][，、：]?)"
    rf"|[(（][{_CHINESE}\d]{{1,3}}[)）]、?|\d{{1,2}}[.．、)）](?:(?!\d)|(?=\d{{4}}年)))"
)
"""一是 · 一、 · 第一， · （一） · (1) · ① · 1. · 1、 (1.2万 is a number)"""
_START: Final = re.compile(rf"(?:(?:^|(?<=[\n；;。，,：:\s])){_MARK}|[①-⑳])\s*")
_BREAK: Final = re.compile(r"[\n；;]+|(?<=。)")
_ENDS: Final = " \t　；;。，,、"
_LEAD_IN: Final = re.compile(r"^[^。；;]{0,24}[：:]$")
_NOTHING: Final = re.compile(
    r"^(?:目前|暂时?|现阶段|企业)*(?:无|没有|未反映|不存在|暂无)"
    r"(?:明显|突出|特别|其他|重大|需要|需|政府|协调|解决|帮助|反映|提出|什么|大|的|困难|和|问题|诉求)*$"
)
_SHORTEST: Final = 2


def split_note(text: str) -> tuple[str, ...]:
    """The problems a note names, in order. Where it is numbered the numbers divide it, and what one of them says stays
    whole; else line ends and ；do. A sentence that only leads in, or says there is nothing, is no problem."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    marks = list(_START.finditer(plain))
    if marks:
        edges = [one.start() for one in marks]
        ends = [*edges[1:], len(plain)]
        pieces = [plain[: edges[0]], *(plain[one.end() : end] for one, end in zip(marks, ends, strict=True))]
    else:
        pieces = [piece for piece in _BREAK.split(plain) if piece]
        pieces = _joined(pieces)
    tidy = (_tidy(piece) for piece in pieces)
    return tuple(dict.fromkeys(piece for piece in tidy if _says_something(piece)))


def _joined(pieces: list[str]) -> list[str]:
    """Sentences of one line stay together: only line ends and ；divide an unnumbered note."""
    out: list[str] = []
    for piece in pieces:
        if out and out[-1].endswith("。"):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def _tidy(piece: str) -> str:
    lines = (line.strip(" \t　") for line in piece.split("\n"))
    return "".join(line for line in lines if line).strip(_ENDS)


def _says_something(piece: str) -> bool:
    return len(piece) >= _SHORTEST and not _LEAD_IN.match(piece) and not _NOTHING.match(piece)
