"""Reading forms that came back: one file, or a whole folder's worth at once."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.feedback import MARK
from chain_office.exchange.book import Sheet, book_of, read_book
from chain_office.exchange.feedback import gate
from chain_office.exchange.feedback.form import FormFile
from chain_office.exchange.feedback.lines import read_lines
from chain_office.exchange.feedback.odtfile import read_open_text
from chain_office.exchange.feedback.sheetfile import shape_of
from chain_office.exchange.feedback.wordfile import read_document
from chain_office.exchange.parser import Parser, parse_several
from chain_office.exchange.preflight import check_data, read_data, unpacked_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from chain_office.exchange.feedback.shape import Shape
    from chain_office.exchange.parser import ParsedSheet
    from chain_office.exchange.preflight import Checked

AT_ONCE = 2
TOGETHER = 16
SMALL = 1024 * 1024
"""Bytes a workbook may have to be parsed in one process with others."""
MOST = 500
"""Files taken at once; nobody sends more."""


def files_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves, and of folders what lies in them: each once, without what programs leave beside open files."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for one in inside:
            left_over = one.name.startswith(("~$", ".")) or one.name in {"Thumbs.db", "desktop.ini"}
            if one is path or not left_over:
                found[one] = None
    if len(found) > MOST:
        raise KnownError(f"一次拖入了 {len(found)} 个文件，最多 {MOST} 个；请分几次放入。")
    return tuple(found)


def read_form(path: Path) -> FormFile:
    """What a file holds; one that cannot be read says why, and one without a single line of a form what is missing."""
    return read_forms([path])[0]


def read_forms(paths: Sequence[Path], progress: Callable[[int, int, str], None] | None = None) -> tuple[FormFile, ...]:
    """Several files, in their order. Small workbooks are parsed some at a time, beside the reading of documents."""
    found: dict[Path, FormFile] = {}
    waiting: list[_Book] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parsing: list[tuple[list[_Book], Future[list[list[ParsedSheet] | None]]]] = []
        for number, path in enumerate(paths):
            if progress is not None:
                progress(number, len(paths), path.name)
            one = _begin(path)
            if isinstance(one, FormFile):
                found[path] = one
            else:
                waiting.append(one)
            if len(waiting) == TOGETHER:
                parsing.append((waiting, pool.submit(parse_several, [book.data for book in waiting])))
                waiting = []
        if waiting:
            parsing.append((waiting, pool.submit(parse_several, [book.data for book in waiting])))
        for books, answer in parsing:
            for book, parsed in zip(books, answer.result(), strict=True):
                found[book.path] = _finished(book, parsed)
    return tuple(found[path] for path in paths)


@dataclass(frozen=True, slots=True)
class _Book:
    """A small workbook that waits for the parser."""

    path: Path
    data: bytes
    checked: Checked


def _begin(path: Path) -> FormFile | _Book:
    """A file read, or a workbook that may be parsed with others."""
    try:
        data = read_data(path)
        passed = gate.look(path, data)
        if passed.kind == gate.BOOK and len(data) <= SMALL and unpacked_size(data) <= 8 * SMALL:
            checked = check_data(path, data)
            if checked.kind != "text":
                return _Book(path, data, checked)
        return _form(path, data, _shape(path, data, passed))
    except KnownError as error:
        return FormFile(path, refused=error.message)


def _finished(book: _Book, parsed: list[ParsedSheet] | None) -> FormFile:
    try:
        if parsed is None:  # its own process says what is the matter
            return _form(book.path, book.data, shape_of(read_book(book.path).sheets))
        sheets = book_of(book.path.name, book.checked.scans(), parsed).sheets
        return _form(book.path, book.data, shape_of(sheets))
    except KnownError as error:
        return FormFile(book.path, refused=error.message)


def _form(path: Path, data: bytes, shape: Shape) -> FormFile:
    title, rows = read_lines(shape)
    if not rows:
        return FormFile(path, title=title, refused=_no_form(path, title))
    return FormFile(path, rows, title, digest=hashlib.sha256(data).hexdigest(), size=len(data))


def _no_form(path: Path, title: str) -> str:
    if MARK in title:
        return f"“{path.name}”是反馈表，但里面一行也没有填记录号或办理情况；请核对是不是空表。"
    return (
        f"“{path.name}”里没有找到记录号（如 WT0012）和反馈表的栏目，不像反馈表；是问题清单等表格的，请到“导入”里导入。"
    )


def _shape(path: Path, data: bytes, passed: gate.Passed) -> Shape:
    if passed.kind == gate.WORD:
        return read_document(path.name, passed.parts[0], passed.parts[1:])
    if passed.kind == gate.OPEN_TEXT:
        return read_open_text(path.name, passed.parts[0])
    if passed.kind == gate.OPEN_SHEET:
        with Parser(path.name) as parser:
            parser.start(data)
            return shape_of(
                [
                    Sheet(
                        name, rows, tuple((top, left, bottom, right) for (top, left), (bottom, right) in merges), hidden
                    )
                    for name, hidden, rows, merges in parser.result()
                ]
            )
    if passed.kind == gate.OLD_WORD:
        raise KnownError(
            f"“{path.name}”是旧版 Word 文档（.doc）；请用 Word 或 WPS 打开，另存为 Word 文档（*.docx）后再拖进来。"
        )
    return shape_of(read_book(path).sheets)
