"""Papers in a folder: whole files under names every system takes; a filled form is never written over; the command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.cli import main
from chain_office.domain.errors import KnownError
from chain_office.services.papers import order_papers, write_papers
from chain_office.services.papers.letterhead import default_word
from chain_office.services.papers.naming import clean, distinct

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


def test_papers_are_written_whole_and_replaced_under_the_same_name(ledger: Ledger, tmp_path: Path) -> None:
    order = order_papers(ledger, "催办", DAY)
    told: list[tuple[int, int]] = []
    folder = tmp_path / "新 文件夹" / "催办"
    written = write_papers(order, folder, lambda done, total, _what: told.append((done, total)))
    assert tuple(path.relative_to(folder).as_posix() for path in written) == order.names
    assert all(path.stat().st_size > 1000 for path in written)
    assert told == [(done, len(order.files) + 1) for done in range(len(order.files) + 1)]
    assert written.replaced == ()
    assert not list(folder.rglob(".~*"))
    again = write_papers(order, folder)
    assert again.replaced == tuple(again) == tuple(written)
    assert again.missing == ""


def test_a_form_that_was_filled_in_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    import openpyxl

    order = order_papers(ledger, "催办", DAY)
    written = write_papers(order, tmp_path)
    form = next(path for path in written if path.suffix == ".xlsx")
    book = openpyxl.load_workbook(form)
    page = book.worksheets[0]
    place = next(cell for row in page.iter_rows() for cell in row if cell.value == "办理情况")
    page.cell(place.row + 1, place.column, "正在办理")
    book.save(form)
    filled = form.read_bytes()
    again = write_papers(order, tmp_path)
    assert again.kept == (form,)
    assert form.read_bytes() == filled


def test_stopping_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_papers(order_papers(ledger, "催办", DAY), tmp_path / "催办", stop)
    assert not [path for path in (tmp_path / "催办").rglob("*") if path.is_file()]


def test_a_folder_that_is_a_file_is_refused_in_words(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "不是文件夹").write_text("x", "utf-8")
    with pytest.raises(KnownError, match="不是文件夹，材料没有写出"):
        write_papers(order_papers(ledger, "督办通报", DAY), tmp_path / "不是文件夹")


def test_names_are_taken_by_every_system() -> None:
    assert clean('市发改委/"能源科" *?<>|:\\\n') == "市发改委／”能源科” ＊？＜＞｜：＼"
    assert clean("CON.docx") == "_CON.docx"
    assert clean("  . ") == "_"
    assert len(clean("长" * 300)) == 60
    assert distinct([("a", "市局"), ("b", "市局"), ("c", "A局"), ("d", "a局")]) == {
        "a": "市局", "b": "市局（2）", "c": "A局", "d": "a局（2）",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chain", "word"),
    [
        ("有色金属及新型合金产业链", "有色"),
        ("新型能源及电力装备产业链", "能源"),
        ("先进钢铁材料产业链", "钢铁"),
        ("", "产业"),
    ],
)
def test_numbers_begin_with_the_chains_own_words(chain: str, word: str) -> None:
    assert default_word(chain) == word


def test_the_command_says_each_file_and_numbers_once(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "通报"
    assert main(["papers", str(office), str(folder), "--of", "督办通报"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:3] == ["督办通报_2021-11-19_有色督〔2021〕1号.pdf", "督办通报_2021-11-19_有色督〔2021〕1号.docx"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(told[1:3])
    assert main(["papers", str(office), str(folder), "--of", "督办通报"]) == 0
    assert "有色督〔2021〕1号.pdf（替换了同名文件）" in capsys.readouterr().out
    assert main(["papers", str(office), str(folder), "--of", "交办会", "--meeting", "没有的会"]) == 1
    assert "现有：“2020年11月3日问题交办会”" in capsys.readouterr().err
    assert main(["papers", str(office), str(folder), "--of", "催办", "--as-of", "2020-11-04"]) == 0
    assert "没有要催办的问题" in capsys.readouterr().out


def test_no_number_is_given_to_papers_that_cannot_be_written(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "占").write_text("x", "utf-8")
    before = office.read_bytes()
    assert main(["papers", str(office), str(tmp_path / "占"), "--of", "交办会"]) == 1
    assert "不是文件夹" in capsys.readouterr().err
    assert office.read_bytes() == before
