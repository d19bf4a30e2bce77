"""走访前一页纸 and 走访记录: what they say, and that a page is one page."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from PIL import Image

from chain_office.domain.forms import Edit
from chain_office.reports.papers import Paper
from chain_office.services import attaching, editing
from chain_office.services.attaching import Ready
from chain_office.services.ledgers import open_or_make
from chain_office.services.papers import order_papers
from chain_office.services.papers.letterhead import letterhead
from chain_office.services.papers.setting import set_file
from chain_office.services.papers.together import set_together, word_together
from chain_office.services.papers.visit_brief import briefs_of
from chain_office.services.papers.visit_record import records_of
from chain_office.services.visiting import promising
from chain_office.services.visiting.promising import WantedPromise
from tests.libreoffice import convert, needs_writer
from tests.services.papers.told import whole

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
LONG = "流动资金紧张，上游铜精矿价格上涨，二期用地指标没有落实，熟练电工难招，"


@pytest.fixture
def visit(ledger: Ledger) -> str:
    """A visit to the firm with the most problems, with very long answers."""
    firm = ledger.value(
        "SELECT enterprise_id FROM problem WHERE enterprise_id IS NOT NULL AND deleted_at IS NULL GROUP BY 1 "
        "ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    values = {"enterprise_id": firm, "day": date(2021, 11, 10), "leader": "王主任", "followup": LONG * 9}
    values |= {name: LONG * 12 for name in ("q1_status", "q2_problem", "q3_plan")}
    editing.save(ledger, Edit("visit", "", 0, values), "张三", accept=frozenset({"day", "booking_no"}))
    made = str(ledger.value("SELECT id FROM visit ORDER BY number DESC LIMIT 1"))
    many = [WantedPromise(f"{place}. {LONG}", "我方", "李四", DAY + timedelta(days=place - 5)) for place in range(12)]
    promising.record_promises(ledger, made, many, "张三")
    return made


def test_a_page_holds_the_fullest_firm_and_says_what_it_leaves_out(ledger: Ledger, visit: str) -> None:
    firm = str(ledger.value("SELECT enterprise_id FROM visit WHERE id = ?", (visit,)))
    (paper,) = briefs_of(ledger, [firm], DAY, letterhead(ledger))
    told = whole(paper)
    (still, late) = ledger.rows(
        "SELECT count(*), sum(t.due_day < '2021-11-19') FROM promise t JOIN visit v ON v.id = t.visit_id "
        "WHERE v.enterprise_id = ? AND t.deleted_at IS NULL AND t.done_day IS NULL",
        (firm,),
    )[0]
    assert (still, late) >= (12, 5)
    for words in (
        "王主任",
        f"承诺（未兑现 {still} 项，逾期 {late} 项",
        "项承诺，见台账",
        "未办结",
        "产值",
        "贷款",
        "项目",
        "见谁",
    ):
        assert words in told
    data = set_together((paper,), system_fonts=False)
    assert len(pypdfium2.PdfDocument(data)) == 1


def test_every_firm_of_the_register_gets_one_page_and_several_are_joined(ledger: Ledger) -> None:
    for line in ledger.rows("SELECT id FROM visit_plan WHERE deleted_at IS NULL"):
        editing.bin_records(ledger, "visit_plan", [line[0]], "张三")
    order = order_papers(ledger, "走访前一页纸", DAY)
    assert len(order.files) == 69
    assert "没有走访计划" in order.notes[0]
    for file in order.files[::10]:
        assert len(pypdfium2.PdfDocument(set_file(file, False)[".pdf"])) == 1
    first = [file.content for file in order.files[:3] if isinstance(file.content, Paper)]
    joined = set_together(first, system_fonts=False)
    assert len(pypdfium2.PdfDocument(joined)) == 3
    document = docx.Document(BytesIO(word_together(first)))
    assert len(document.tables) == 3


def test_planned_firms_of_the_coming_days_get_theirs(ledger: Ledger) -> None:
    for line in ledger.rows("SELECT id FROM visit_plan WHERE deleted_at IS NULL"):
        editing.bin_records(ledger, "visit_plan", [line[0]], "张三")
    editing.save(ledger, Edit("campaign", "", 0, {"name": "十一月走访"}), "张三")
    campaign = ledger.value("SELECT id FROM campaign WHERE name = '十一月走访'")
    firms = [row[0] for row in ledger.rows("SELECT id FROM enterprise ORDER BY number LIMIT 3")]
    for firm, days in zip(firms, (0, 14, 15), strict=True):
        values = {
            "campaign_id": campaign,
            "enterprise_id": firm,
            "due_day": DAY + timedelta(days=days),
            "leader": "周副主任",
        }
        editing.save(ledger, Edit("visit_plan", "", 0, values), "张三", accept=frozenset({"due_day"}))
    order = order_papers(ledger, "走访前一页纸", DAY)
    assert len(order.files) == 2
    assert "带队 周副主任" in whole(order.files[0].content)


def test_the_record_prints_promises_and_photographs_on_pdf_and_word(ledger: Ledger, visit: str) -> None:
    out = BytesIO()
    Image.new("RGB", (400, 300), "green").save(out, "JPEG")
    ready = [Ready("厂区.jpg", out.getvalue()), Ready("厂区（原图）.jpg", out.getvalue() + b"\0")]
    attaching.attach_ready(ledger, "visit", visit, ready, "张三")
    (paper,) = records_of(ledger, [visit], DAY, letterhead(ledger))
    told = whole(paper)
    assert "1. 0. 流动资金紧张" in told
    assert "厂区" in told
    assert "原图" not in told
    pages = pypdfium2.PdfDocument(set_together((paper,), system_fonts=False))
    kinds = [one.type for page in pages for one in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
    document = docx.Document(BytesIO(word_together((paper,))))
    assert len(document.inline_shapes) == 1
    assert not order_papers(ledger, "走访记录", date(2021, 1, 2)).files
    assert any("走访记录" in name for name in order_papers(ledger, "走访记录", date(2021, 11, 10)).names)


@needs_writer
def test_in_word_too_the_page_before_a_visit_is_one(ledger: Ledger, visit: str, tmp_path: Path) -> None:
    full = str(ledger.value("SELECT enterprise_id FROM visit WHERE id = ?", (visit,)))
    for number, firm in enumerate((full, str(ledger.value("SELECT id FROM enterprise WHERE number = 10")))):
        (paper,) = briefs_of(ledger, [firm], DAY, letterhead(ledger))
        path = tmp_path / f"{number}.docx"
        path.write_bytes(word_together((paper,)))
        assert len(pypdfium2.PdfDocument(convert(path, "pdf", tmp_path / "pdf"))) == 1


def test_without_firms_no_page_is_written_and_it_is_said(tmp_path: Path) -> None:
    with open_or_make(tmp_path / "空.ledger") as empty:
        order = order_papers(empty, "走访前一页纸", DAY)
    assert order.files == ()
    assert order.notes == ("截至2021-11-19没有在册企业，也没有走访计划，没有写任何文件。",)
