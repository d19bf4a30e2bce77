"""What a refusal has to be: one Chinese sentence, and not a byte or a file changed."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*[。！？]")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def sentence_of(act: Callable[[], object]) -> str | None:
    """What the refusal says, or None where nothing was refused. Any other exception is a failure of the test."""
    try:
        act()
    except KnownError as error:
        return error.message
    return None


def is_sentence(text: str) -> bool:
    """Whether it is one line that a clerk can read."""
    return SENTENCE.fullmatch(text.strip()) is not None


@contextmanager
def refused(folder: Path, match: str | None = None) -> Iterator[None]:
    """The block raises a KnownError that is a sentence, and leaves the folder as it was."""
    before = contents(folder)
    with pytest.raises(KnownError, match=match) as caught:
        yield
    assert is_sentence(caught.value.message), caught.value.message
    assert contents(folder) == before
