"""Papers into a folder: all of them are set first, then each is put in place whole; nothing is ever half-written."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.services.papers.order import EXCEL, PDF
from chain_office.services.papers.setting import set_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.papers.order import PaperFile, PaperOrder


class Written(tuple[Path, ...]):
    """The files written, in order. ``replaced``: those of them that took the place of one of the same name; ``kept``: forms
    that were filled already and were left alone; ``missing``: characters no face had (they stand as 〓)."""

    replaced: tuple[Path, ...]
    kept: tuple[Path, ...]
    missing: str

    @classmethod
    def of(cls, paths: tuple[Path, ...], replaced: tuple[Path, ...], kept: tuple[Path, ...], missing: str) -> Written:
        """Make one."""
        made = cls(paths)
        made.replaced, made.kept, made.missing = replaced, kept, missing
        return made


def require_folder(folder: Path) -> None:
    """Make the folder if it is not there. Raises KnownError where papers cannot be written."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise KnownError(f"“{folder}”不是文件夹，材料没有写出；请换一个文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".~试写.tmp"
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise KnownError(f"文件夹“{folder}”不能写入（{files.reason(error)}），材料没有写出；请换一个位置。") from error


def write_papers(
    order: PaperOrder,
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    *,
    run: Callable[..., dict[str, bytes | str]] | None = None,
) -> Written:
    """Set every paper and put it into ``folder``. ``run(make, *arguments)`` does the setting elsewhere (the workshop).
    Raises KnownError, or whatever ``progress`` raises to stop: then what was put in place before is whole."""
    require_folder(folder)
    total = len(order.files) + 1
    made: list[tuple[Path, bytes, PaperFile]] = []
    missing: dict[str, None] = {}
    for done, file in enumerate(order.files):
        progress(done, total, file.content.name)
        found = set_file(file, order.system_fonts) if run is None else run(set_file, file, order.system_fonts)
        for ending in file.formats:
            data = found[ending]
            assert isinstance(data, bytes)
            made.append((folder / file.folder / f"{file.content.name}{ending}", data, file))
        missing |= dict.fromkeys(str(found.get("missing", "")))
    progress(total - 1, total, "写入文件夹")
    return _place(made, "".join(missing))


def _place(made: list[tuple[Path, bytes, PaperFile]], missing: str) -> Written:
    for place in dict.fromkeys(path.parent for path, *_ in made):
        require_folder(place)
    written, replaced, kept = [], [], []
    for path, data, file in made:
        if path.exists() and file.filled and _is_filled(path):
            kept.append(path)
            continue
        if path.exists():
            replaced.append(path)
        files.write_bytes(path, data)
        written.append(path)
    return Written.of(tuple(written), tuple(replaced), tuple(kept), missing)


def _is_filled(path: Path) -> bool:
    """Whether somebody wrote into the form there. What cannot be read as a form is not ours to replace."""
    from chain_office.domain.feedback import FILLED
    from chain_office.exchange.feedback.read import read_form

    if path.suffix == PDF:
        return False
    with contextlib.suppress(KnownError, OSError):
        form = read_form(path)
        if form.is_form and not form.refused:
            return any(row.text(one.name) for row in form.rows for one in FILLED)
    return path.suffix in {EXCEL, ".docx"}
