"""Drafts: what was typed into a form and not saved yet, kept in small files so that a crash loses nothing.

One file a form, whole or not there. Only texts as typed are kept, nothing that was worked out of them. A file nobody can
read is set aside under another name and never stands in the way.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chain_office import clock, files
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chain_office.domain.forms import Loaded

_ENDING = ".draft.json"
_ASIDE = ".unreadable"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form. ``version``: the record's when it was opened. ``at``: when it was kept, as stored."""

    key: str
    table: str
    row_id: str
    version: int
    title: str
    texts: Mapping[str, str]
    at: str

    @property
    def when(self) -> str:
        """When it was kept, in the machine's own time: "11月19日 09:30"."""
        moment = datetime.fromisoformat(self.at).astimezone()
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


class Drafts:
    """The drafts in one folder (one ledger's). Every method may be called from any thread, one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, key: str, loaded: Loaded, texts: Mapping[str, str]) -> Draft:
        """Keep what is typed, in place of what was kept before. Raises :class:`KnownError` when it cannot be written."""
        draft = Draft(key, loaded.table, loaded.row_id, loaded.version, loaded.title, dict(texts), clock.stamp())
        told = {
            "format": _FORMAT,
            **{name: getattr(draft, name) for name in ("key", "table", "row_id", "version", "title", "texts", "at")},
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError(f"草稿文件夹“{self.folder}”建不了（{files.reason(error)}）；请尽快保存。") from error
        files.write_bytes(self._path(key), json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8"))
        return draft

    def drop(self, key: str) -> None:
        """The draft is not wanted any more."""
        self._path(key).unlink(missing_ok=True)

    def find(self, key: str) -> Draft | None:
        """The draft of a form, if there is one that can be read."""
        draft = self._read(self._path(key))
        return draft if draft is not None and draft.key == key else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft, the latest first."""
        if not self.folder.is_dir():
            return ()
        found = [self._read(path) for path in sorted(self.folder.glob(f"*{_ENDING}"))]
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at, reverse=True))

    def _path(self, key: str) -> Path:
        """Keys are never paths: the file is called by a digest."""
        return self.folder / f"{hashlib.sha256(key.encode('utf-8')).hexdigest()[:32]}{_ENDING}"

    def _read(self, path: Path) -> Draft | None:
        try:
            told = json.loads(path.read_bytes())
            return _draft(told)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._set_aside(path)
            return None

    @staticmethod
    def _set_aside(path: Path) -> None:
        """A damaged file is left for whoever wants to look at it; one that cannot even be moved is left where it is."""
        try:
            path.replace(path.with_name(path.name + _ASIDE))
        except OSError:
            return


def _draft(told: Any) -> Draft:
    """Raises ValueError, KeyError or TypeError for what is no draft of ours."""
    texts = told["texts"]
    if told["format"] != _FORMAT or not isinstance(texts, dict):
        raise ValueError(told)
    if not all(isinstance(name, str) and isinstance(text, str) for name, text in texts.items()):
        raise TypeError(texts)
    draft = Draft(
        str(told["key"]),
        str(told["table"]),
        str(told["row_id"]),
        int(told["version"]),
        str(told["title"]),
        texts,
        str(told["at"]),
    )
    datetime.fromisoformat(draft.at)
    return draft
