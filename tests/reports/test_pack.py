"""The briefing pack as a whole."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from chain_office.reports.content import Lead, PackContent, Section
from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import SIZE_3
from chain_office.reports.pack import render_pack
from tests.reports.reading import MM, page_chars, page_texts, rows_of, squashed
from tests.reports.seed_pack import PACK

_FOOT = re.compile(r"(数据截至\S+ )?— \d+ —")
SMALL = PackContent(
    masthead="调度会材料",
    title="工作汇报",
    office="市产业链办",
    issued=date(2021, 11, 2),
    as_of=date(2021, 10, 31),
    sections=(Section("总体运行", ("规上企业69家。",)),),
)


@pytest.fixture(scope="module")
def pack():
    return render_pack(PACK)


@pytest.fixture(scope="module")
def texts(pack):
    return page_texts(pack)


def test_it_has_3_to_12_pages_each_stamped_numbered_and_dated(texts):
    assert 3 <= len(texts) <= 12
    for number, text in enumerate(texts, start=1):
        assert "示例数据" in text
        assert f"— {number} —" in text
        assert "数据截至2021年11月19日" in text


def test_every_sentence_copies_out_as_it_was_written(texts):
    body = "".join(squashed(_FOOT.split(text)[0]) for text in texts)
    for section in (Section("", PACK.opening), *PACK.sections):
        assert section.heading in body
        for block in section.blocks:
            told = block if isinstance(block, str) else block.text
            assert (block.lead if isinstance(block, Lead) else "") + told in body


def test_sections_are_numbered_and_annexes_follow_the_signature(texts):
    body = "".join(squashed(text) for text in texts)
    places = [
        body.index(part)
        for part in (
            "一、总体运行", "二、企业走访", "三、问题办理", "四、银企对接", "五、项目建设",
            "附件：1. 各牵头单位问题办理情况", "推进办公室2021年11月22日", "附件1各牵头", "附件2重点",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_chart_and_table_text_is_real_text(texts):
    body = "\n".join(texts)
    for part in (
        "图1　月度产值与同口径增速",
        "表1　各牵头单位问题办理情况",
        "+52.2%",
        "未记载",
        "口径：按牵头单位统计",
    ):
        assert part in body


def test_the_first_page_shows_text_under_mark_and_title(pack, texts):
    assert "今年以来" in texts[0]
    chars = page_chars(pack)[0]
    mark = [char for char in chars if char["size"] > 30]
    assert "".join(char["text"] for char in mark) == PACK.masthead
    ink_top = 297 * MM - mark[0]["matrix"][5] - 0.85 * mark[0]["size"]
    assert abs(ink_top - (37 + 35) * MM) < 0.1 * MM
    middle = (mark[0]["x0"] + mark[-1]["x1"]) / 2
    assert abs(middle - (28 + 78) * MM) < 0.5
    titles = [line for line in rows_of(chars) if line[0]["size"] == pytest.approx(22)]
    assert ["".join(char["text"] for char in line) for line in titles] == PACK.title.split("\n")


def test_body_lines_stand_on_the_grid(pack):
    pitch = 225 * MM / 22
    for page in page_chars(pack):
        for line in rows_of([char for char in page if char["size"] == pytest.approx(SIZE_3)]):
            down = 297 * MM - line[0]["matrix"][5] - 37 * MM - (pitch - SIZE_3) / 2 - 0.88 * SIZE_3
            offset = down / pitch - round(down / pitch)
            assert abs(offset) < 0.02


def test_same_content_same_bytes(pack):
    assert render_pack(PACK) == pack
    assert render_pack(PACK, FontBook()) == pack


def test_no_ink_outside_the_margins(pack):
    document = pypdfium2.PdfDocument(pack)
    for page in document:
        picture = page.render(scale=2).to_pil().convert("L")
        width, height = picture.size
        box = picture.point(lambda value: 255 if value < 200 else 0).getbbox()
        assert box[0] > 27.5 * MM * 2
        assert box[2] < width - 25.0 * MM * 2
        assert box[3] < height - 20 * MM * 2
        page.close()
    document.close()


def test_it_says_which_characters_no_face_had():
    book = FontBook()
    odd = replace(SMALL, sections=(Section("总体运行", ("规上\U0001f600企业。",)),))
    text = page_texts(render_pack(odd, book))[0]
    assert "规上〓企业。" in text
    assert dict(book.missing) == {"\U0001f600": 1}


def test_a_plain_pack_has_no_stamp_and_needs_no_matplotlib():
    assert "示例数据" not in page_texts(render_pack(SMALL))[0]
    code = (
        "import sys; import chain_office.reports.pack, chain_office.reports.listing, chain_office.charts.catalogue;"
        "sys.exit(any(name.split('.')[0] in {'matplotlib', 'numpy'} or 'platypus' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_signature_never_stands_on_a_page_without_text():
    for count in range(120, 520, 28):
        content = replace(SMALL, sections=(Section("总体运行", ("衡" * count,)),))
        last = page_texts(render_pack(content))[-1]
        assert "市产业链办" in last
        assert "衡" in last


def test_after_charts_and_tables_the_annex_list_keeps_the_signature_company():
    for height in range(60, 220, 20):
        chart = replace(PACK.sections[0].charts[0], height_mm=height)
        body = Section("总体运行", ("规上企业69家。",), charts=(chart,))
        texts = page_texts(render_pack(replace(SMALL, sections=(body, Section("清单", ("无。",), annex=True)))))
        assert any("附件：清单" in text and "2021年11月2日" in text for text in texts)


def test_date_begins_two_characters_after_a_short_name_or_ends_two_from_the_right():
    chars = page_chars(render_pack(SMALL))[0]
    lines = rows_of([char for char in chars if char["size"] == pytest.approx(SIZE_3)])
    office, day = (line for line in lines[-2:])
    assert "".join(char["text"] for char in day) == "2021年11月2日"
    assert day[-1]["x1"] == pytest.approx((28 + 156) * MM - 2 * 156 * MM / 28, abs=0.5)
    assert day[0]["x0"] - office[0]["x0"] == pytest.approx(2 * 156 * MM / 28, abs=0.5)
