"""企业简况: what the page says of a firm of the sample, that the fullest firm still has one page, and what leaves is masked."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.reports.content import Chart
from chain_office.reports.papers import Grid
from chain_office.services import editing
from chain_office.services.papers import order_papers
from chain_office.services.papers.firm_brief import briefs_of
from chain_office.services.papers.letterhead import letterhead
from chain_office.services.papers.setting import set_file
from chain_office.services.papers.together import let_out, set_together, word_together
from tests.libreoffice import convert_all, needs_writer

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.reports.papers import Paper
    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
FIRM = "湖南示例赤松铜业有限公司"
LONG = "流动资金紧张，上游铜精矿价格上涨，二期用地指标没有落实，熟练电工难招，"
GOLDEN = """\
企业名称|湖南示例赤松铜业有限公司（QY0010）
统一社会信用代码|91430482MA4DEM010T|法定代表人|未登记
县市区、园区|常宁市、湖南常宁水口山经济开发区|产业链环节|冶炼
主要产品|阴极铜、硫酸|地址|未登记
从业人员|未登记|联系领导|未登记
规上名册|在册；入规时间未登记
联系人|李示例 154****0001
主要数据（截至2021年11月19日）
本年产值|同比|未办结问题|放款合计|在建项目|走访
34.78亿元|+37.9%|0个|1.70亿元|1个|1次
产值（2021年1—9月累计34.78亿元，上年同期25.22亿元，同比增长37.9%，现价，企业报送）
月份|2021年5月|2021年6月|2021年7月|2021年8月|2021年9月
当月（万元）|41094|39440|44789|45423|50442
上年同月|31716|27496|30115|35984|37502
同比|+29.6%|+43.4%|+48.7%|+26.2%|+34.5%
〔曲线〕
问题（未办结 0 个；已销号 3 个）
没有未办结的问题
贷款（意向、授信、放款各算各的，不能相加）
银行|意向|授信|放款|到哪一步
建设银行|1.20亿元|1.20亿元|1.20亿元|放款
浦发银行|8000万元|5000万元|5000万元|放款
项目
示例赤松铜业阳极泥处理技改项目|竣工，总投资1.86亿元，年度计划9800万元，本年完成9800万元，竣工投产
示例赤松铜业10万吨高导铜杆项目|在建，总投资6.80亿元，年度计划2.60亿元，本年完成2.15亿元，主体厂房封顶，设备安装60%
"""


def firm_named(ledger: Ledger, name: str) -> str:
    return str(ledger.value("SELECT id FROM enterprise WHERE name = ?", (name,)))


def told(paper: Paper) -> str:
    rows = []
    for part in paper.parts:
        if isinstance(part, Grid):
            rows += ["|".join(cell.text for cell in row) for row in part.rows]
        elif isinstance(part, Chart):
            rows.append("〔曲线〕")
    return "\n".join(rows) + "\n"


def test_the_page_of_a_firm_of_the_sample(ledger: Ledger) -> None:
    head = letterhead(ledger)
    (paper,) = let_out(briefs_of(ledger, [firm_named(ledger, FIRM)], DAY, head), head.phone)
    assert told(paper) == GOLDEN
    assert paper.sample
    assert "数据截至2021年11月19日" in paper.note
    assert paper.name == "QY0010_湖南示例赤松铜业有限公司_企业简况"


def test_pdf_and_word_hold_the_same_on_one_page_with_the_curve(ledger: Ledger) -> None:
    head = letterhead(ledger)
    papers = let_out(briefs_of(ledger, [firm_named(ledger, FIRM)], DAY, head), head.phone)
    pdf = pypdfium2.PdfDocument(set_together(papers, system_fonts=False))
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    for words in ("示例数据", "154****0001", "2020年同月", "单位：亿元", "5.04", "+34.5%"):
        assert words in text
    document = docx.Document(BytesIO(word_together(papers)))
    assert len(document.inline_shapes) == 1
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "91430482MA4DEM010T" in cells
    assert any("在建，总投资6.80亿元" in cell for cell in cells)


def test_numbers_stand_in_full_until_the_page_is_let_out(ledger: Ledger) -> None:
    head = letterhead(ledger)
    papers = briefs_of(ledger, [firm_named(ledger, FIRM)], DAY, head)
    assert "****" not in told(papers[0])
    assert "154****0001" in told(let_out(papers, head.phone)[0])


def filled(ledger: Ledger) -> str:
    """A firm of which more is known than a page holds."""
    firm = firm_named(ledger, FIRM)
    for place in range(12):
        values = {"enterprise_id": firm, "text": f"{place}号问题：{LONG * 3}", "collected_day": DAY}
        editing.save(ledger, Edit("problem", "", 0, values), "张三", accept=frozenset({"text", "collected_day"}))
        editing.save(
            ledger,
            Edit("contact", "", 0, {"enterprise_id": firm, "name": f"联系人{place}", "phone": "13800000000"}),
            "张三",
            accept=frozenset({"name", "phone"}),
        )
    editing.save(
        ledger,
        Edit(
            "enterprise",
            firm,
            editing.load(ledger, "enterprise", firm, DAY).version,
            {"products": LONG * 5, "address": LONG * 5},
        ),
        "张三",
        accept=frozenset({"products", "address"}),
    )
    return firm


def test_the_fullest_firm_has_one_page_that_says_what_it_leaves_out(ledger: Ledger) -> None:
    firm = filled(ledger)
    day = date(2022, 1, 5)
    (paper,) = briefs_of(ledger, [firm], day, letterhead(ledger))
    said = told(paper)
    assert "未办结 0 个；待筛选、待交办、长期推进 12 个" in said
    assert "个问题，见台账" in said
    assert "另有" in said
    assert len(pypdfium2.PdfDocument(set_together((paper,), system_fonts=False))) == 1


@needs_writer
def test_in_word_too_a_firm_has_one_page(ledger: Ledger, tmp_path: Path) -> None:
    firms = [filled(ledger), *(row[0] for row in ledger.rows("SELECT id FROM enterprise ORDER BY number LIMIT 60"))]
    for number, paper in enumerate(briefs_of(ledger, firms[::6], DAY, letterhead(ledger))):
        (tmp_path / f"{number}.docx").write_bytes(word_together((paper,)))
    made = convert_all(sorted(tmp_path.glob("*.docx")), "pdf", tmp_path / "pdf")
    assert [len(pypdfium2.PdfDocument(path)) for path in made] == [1] * len(made)


def test_the_command_writes_a_file_for_every_firm_on_the_register(ledger: Ledger) -> None:
    order = order_papers(ledger, "企业简况", DAY)
    assert len(order.files) == 69
    assert any(name.startswith("常宁市/QY0010_") and name.endswith(".docx") for name in order.names)
    for file in order.files[::20]:
        assert len(pypdfium2.PdfDocument(set_file(file, False)[".pdf"])) == 1


def test_firms_that_are_gone_are_said_to_be(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="不在台账里"):
        briefs_of(ledger, ["没有"], DAY, letterhead(ledger))
