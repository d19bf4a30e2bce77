"""The search: what is found, in which order, said how, opened where; nothing out of the bin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import (
    Attachment,
    Bank,
    Campaign,
    Contact,
    District,
    Enterprise,
    Match,
    Meeting,
    MonthlyOutput,
    Need,
    Officer,
    Park,
    Problem,
    ProblemEvent,
    Project,
    Segment,
    Unit,
    Visit,
)
from chain_office.db.searchable import TEXTS
from chain_office.queries import search
from chain_office.queries.search import found_ids, look_up
from chain_office.queries.search_shown import Marked, _contexts, _heads, _places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.queries.search import Answer, Hit


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "查.ledger", create=True) as opened:
        yield opened


def hits(answer: Answer) -> list[Hit]:
    return [hit for group in answer.groups for hit in group.hits]


def references(answer: Answer) -> list[str]:
    return [hit.reference for hit in hits(answer)]


def marked(text: Marked) -> str:
    return "".join(f"[{piece}]" if looked_for else piece for piece, looked_for in text.pieces)


def found(ledger: Ledger, text: str) -> list[str]:
    return [marked(hit.title) for hit in hits(look_up(ledger, text))]


# Numbers.


@pytest.fixture
def numbered(ledger: Ledger) -> Ledger:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业", "number": 78})
        writer.insert(Visit, {"enterprise": firm, "number": 78, "day": date(2021, 3, 1)})
        writer.insert(Problem, {"text": "用地", "number": 78})
        writer.insert(Problem, {"text": "用电", "number": 780})
        writer.insert(Match, {"enterprise": firm, "number": 78})
        writer.insert(Need, {"enterprise": firm, "number": 78})
        writer.insert(Project, {"name": "年产78吨项目", "number": 79})
    return ledger


@pytest.mark.parametrize("typed", ["WT0078", "wt78", "Wt 078", "ＷＴ００７８", " wt0078 ", "wt 78"])
def test_a_record_number_is_read_as_people_type_it(numbered: Ledger, typed: str) -> None:
    (hit,) = hits(look_up(numbered, typed))
    assert marked(hit.number) == "[WT0078]"
    assert hit.page == "problems"


@pytest.mark.parametrize(
    ("prefix", "page"),
    [("QY", "enterprises"), ("ZF", "visits"), ("WT", "problems"), ("YQ", "finance"), ("XQ", "finance")],
)
def test_every_prefix_leads_to_its_desk(numbered: Ledger, prefix: str, page: str) -> None:
    (hit,) = hits(look_up(numbered, f"{prefix}78"))
    assert (hit.number.text, hit.page) == (f"{prefix}0078", page)


def test_a_bare_number_is_that_number_everywhere_before_it_is_a_text(numbered: Ledger) -> None:
    numbers = [hit.number.text for hit in hits(look_up(numbered, "78"))]
    assert sorted(numbers[:-1]) == ["QY0078", "WT0078", "XQ0078", "YQ0078", "ZF0078"]
    assert numbers[-1] == "XM0079"


def test_what_only_looks_like_a_number_is_none(numbered: Ledger) -> None:
    for typed in ("AB78", "WT0", "WT99999999", "78a"):
        assert "WT0078" not in [hit.number.text for hit in hits(look_up(numbered, typed))]


# Names and initials.


def test_names_come_before_texts_and_what_begins_so_before_what_holds_it(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert(Problem, {"text": "松木园区停电"})
        within = writer.insert(Enterprise, {"name": "衡阳松木铜业", "name_core": "衡阳松木铜业"})
        begins = writer.insert(Enterprise, {"name": "松木化工", "name_core": "松木化工"})
        after_place = writer.insert(Enterprise, {"name": "湖南松木锌业", "name_core": "松木锌业"})
        short = writer.insert(Enterprise, {"name": "建滔（衡阳）实业", "short_name": "松木建滔"})
        former = writer.insert(Enterprise, {"name": "新名公司", "former_names": "老名公司；松木老厂"})
    answer = look_up(ledger, "松木")
    assert [group.page for group in answer.groups] == ["enterprises", "problems"]
    order = [reference.partition(":")[2] for reference in references(answer)[:-1]]
    assert set(order[:4]) == {begins, after_place, short, former}
    assert order[4] == within
    by_id = {hit.reference.partition(":")[2]: hit for hit in hits(answer)}
    assert (by_id[short].label, marked(by_id[short].context)) == ("简称", "[松木]建滔")
    assert (by_id[former].label, marked(by_id[former].context)) == ("曾用名", "[松木]老厂")
    assert marked(by_id[within].title) == "衡阳[松木]铜业"


def test_initials_find_firms_projects_units_and_banks(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert(Enterprise, {"name": "湖南示例铜业有限公司", "name_core": "示例铜业"})
        writer.insert(Project, {"name": "示例锂电铜箔项目"})
        writer.insert(Unit, {"name": "衡阳市财政局"})
        writer.insert(Bank, {"name": "中国银行衡阳分行", "short": "中行"})
    assert found(ledger, "SLTY") == ["湖南[示例铜业]有限公司"]
    assert found(ledger, "sl") == ["湖南[示例]铜业有限公司", "[示例]锂电铜箔项目"]
    assert found(ledger, "ldtb") == ["示例[锂电铜箔]项目"]
    assert found(ledger, "czj") == ["衡阳市[财政局]"]
    (bank,) = hits(look_up(ledger, "zh"))
    assert (bank.title.text, bank.label, marked(bank.context)) == ("中国银行衡阳分行", "简称", "[中行]")


def test_a_polyphone_is_found_by_either_reading(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert(Project, {"name": "长沙重工项目"})
    assert found(ledger, "cszg") == found(ledger, "zscg") == ["[长沙重工]项目"]


def test_latin_letters_in_a_name_are_initials_too(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert(Project, {"name": "ＡＢC铜5号"})
    assert found(ledger, "abct5") == ["[ＡＢC铜5]号"]


def test_a_renamed_a_new_and_a_binned_record_are_known_at_once(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        one = writer.insert(Project, {"name": "甲项目"})
        other = writer.insert(Project, {"name": "甲二项目"})
    assert len(found(ledger, "甲")) == 2
    with ledger.write("甲", "改") as writer:
        writer.update(Project, one, {"name": "乙项目"})
        writer.bin(Project, other)
        writer.insert(Project, {"name": "甲三项目"})
    assert found(ledger, "甲") == ["[甲]三项目"]
    assert found(ledger, "yx") == ["[乙项]目"]
    with ledger.write("甲", "恢复") as writer:
        writer.unbin(Project, other)
    assert len(found(ledger, "甲")) == 2


def test_a_large_write_is_known_at_once_too(ledger: Ledger) -> None:
    look_up(ledger, "项目")
    with ledger.write("甲", "登记") as writer:
        writer.insert_many(Project, [{"name": f"第{number}项目"} for number in range(600)])
    assert look_up(ledger, "项目").total == 600


# Codes, telephones, people.


@pytest.fixture
def known(ledger: Ledger) -> Ledger:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业", "uscc": "91430400MA4L2DEM3T"})
        writer.insert(Contact, {"enterprise": firm, "name": "张示例", "phone": "13800138000、0734-1234567"})
        writer.insert(Problem, {"text": "用地", "owner": "李四", "owner_phone": "13900139000"})
        writer.insert(Problem, {"text": "请打13911112222联系，缺资金"})
        writer.insert(Officer, {"name": "王五", "phone": "13700137000"})
    return ledger


@pytest.mark.parametrize("typed", ["91430400MA4L2DEM3T", "91430400ma4l2dem3t", "MA4L2D", "4l2dem"])
def test_a_credit_code_is_found_whole_or_in_part(known: Ledger, typed: str) -> None:
    (hit,) = hits(look_up(known, typed))
    assert (hit.title.text, hit.label) == ("示例铜业", "统一社会信用代码")
    assert marked(hit.context).replace("[", "").replace("]", "") == "91430400MA4L2DEM3T"
    assert typed.upper() in [piece for piece, looked_for in hit.context.pieces if looked_for]


@pytest.mark.parametrize(
    ("typed", "title", "shown"),
    [
        ("13800138000", "示例铜业", "张示例 138****8000"),
        ("138 0013 8000", "示例铜业", "张示例 138****8000"),
        ("+86 13800138000", "示例铜业", "张示例 138****8000"),
        ("0734-1234567", "示例铜业", "张示例 0734-123****"),
        ("8000", "示例铜业", "张示例 138****8000"),
        ("13900139", "用地", "李四 139****9000"),
        ("13700137000", "王五", "王五 137****7000"),
    ],
)
def test_a_telephone_number_is_found_and_shown_masked(known: Ledger, typed: str, title: str, shown: str) -> None:
    (hit,) = hits(look_up(known, typed))
    assert (hit.title.text, hit.context.text) == (title, shown)
    assert "电话" in hit.label


def test_a_telephone_number_in_a_text_is_masked_too(known: Ledger) -> None:
    (hit,) = hits(look_up(known, "13911112222"))
    assert hit.title.text == "请打139****2222联系，缺资金"


def test_three_digits_are_not_looked_for_in_telephone_numbers(known: Ledger) -> None:
    assert hits(look_up(known, "380")) == []


def test_a_contact_is_found_by_name_and_not_once_the_firm_is_binned(known: Ledger) -> None:
    (hit,) = hits(look_up(known, "张示例"))
    assert (hit.title.text, hit.label, marked(hit.context)) == ("示例铜业", "联系人", "[张示例]")
    with known.write("甲", "删") as writer:
        writer.bin(Enterprise, hit.reference.partition(":")[2])
    assert hits(look_up(known, "张示例")) == hits(look_up(known, "13800138000")) == []


# Texts.


def test_a_text_says_where_it_stands(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业"})
        long = "去年以来" * 10 + "流动资金abc紧张"
        writer.insert(Visit, {"enterprise": firm, "day": date(2021, 3, 31), "precision": "month", "q2_problem": long})
        problem = writer.insert(Problem, {"text": "用地手续未办", "state": "doing"})
        writer.insert(ProblemEvent, {"problem": problem, "seq": 1, "kind": "note", "state": "doing", "text": "已受理"})
        event = {"problem": problem, "seq": 2, "kind": "note", "state": "doing", "text": "银行说资金ABC到位"}
        writer.insert(ProblemEvent, event)
    first, second = hits(look_up(ledger, "资金AbC"))
    assert (first.reference, first.title.text, first.beside) == (f"problem:{problem}", "用地手续未办", "办理中")
    assert (first.label, marked(first.context)) == ("内容", "银行说[资金ABC]到位")
    assert (second.title.text, second.label) == ("示例铜业 2021-03", "存在困难和问题")
    assert marked(second.context) == "…" + long[-31:-7] + "[资金abc]紧张"


def test_words_are_told_apart_by_blanks_and_all_must_be_there(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        both = writer.insert(Problem, {"text": "用工难", "demand": "融资支持"})
        writer.insert(Problem, {"text": "融资难"})
    (hit,) = hits(look_up(ledger, " 融资　用工 "))
    assert (hit.reference, marked(hit.title), marked(hit.context)) == (f"problem:{both}", "[用工]难", "[融资]支持")
    assert look_up(ledger, "融资").total == 2
    assert look_up(ledger, "  ").groups == ()


def test_a_firm_and_a_word_find_the_firm_s_records_that_hold_the_word(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm, other = (writer.insert(Enterprise, {"name": name}) for name in ("示例铜业", "旁的公司"))
        wanted = writer.insert(Problem, {"enterprise": firm, "text": "用地手续"})
        writer.insert(Problem, {"enterprise": other, "text": "用地手续"})
        writer.insert(Problem, {"enterprise": firm, "text": "用电"})
    assert references(look_up(ledger, "示例铜业 用地")) == [f"problem:{wanted}"]
    assert references(look_up(ledger, "用地 slty")) == [f"problem:{wanted}"]


def test_signs_of_queries_are_only_signs(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert(Problem, {"text": "完成100%_\\\"<b>'；DROP"})
        writer.insert(Problem, {"text": "完成100吨"})
    for typed in ("100%", "%_", '\\"', "<b>", "'；", "\"<b>'"):
        assert len(hits(look_up(ledger, typed))) == 1, typed
    for typed in ("*", "AND NEAR(", "(", "[a-z]", ".*", "\0", '"', "😀", "x" * 100):
        look_up(ledger, typed)


# How much.


def test_fifty_are_shown_shared_out_among_the_desks(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "甲公司"})
        writer.insert_many(Problem, [{"text": f"资金{number}"} for number in range(70)])
        writer.insert_many(Visit, [{"enterprise": firm, "q1_status": f"资金{number}"} for number in range(60)])
        writer.insert(Need, {"enterprise": firm, "purpose": "资金"})
    answer = look_up(ledger, "资金")
    shown = {group.page: (group.count, len(group.hits), group.listed) for group in answer.groups}
    assert (answer.total, answer.shown, answer.capped) == (131, 50, False)
    assert shown == {"problems": (70, 25, 70), "visits": (60, 24, 60), "finance": (1, 1, 0)}
    assert len(found_ids(ledger, "资金", "problems")) == 70
    assert found_ids(ledger, "资金", "finance") == found_ids(ledger, "资金", "nowhere") == frozenset()


def test_what_is_too_much_to_count_is_said_to_be(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_COUNTED", 3)
    with ledger.write("甲", "登记") as writer:
        made = writer.insert_many(Problem, [{"text": f"资金{number}"} for number in range(5)])
    answer = look_up(ledger, "资金")
    assert (answer.total, answer.capped, answer.most) == (3, True, 3)
    assert references(answer) == [f"problem:{one}" for one in made[:1:-1]]


def test_a_single_character_looks_for_fewer(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert_many(Problem, [{"text": f"资{number}"} for number in range(300)])
    answer = look_up(ledger, "资")
    assert (answer.total, answer.capped, answer.most) == (200, True, 200)
    assert len(found_ids(ledger, "资", "problems")) == 300


# Where a hit opens.


def test_every_kind_of_record_opens_somewhere(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "甲公司"})
        park = writer.insert(Park, {"name": "松木园区查"})
        ids = {
            "enterprises/park": park,
            "problems/unit": writer.insert(Unit, {"name": "某查局"}),
            "enterprises/district": writer.insert(District, {"name": "查县"}),
            "finance/bank": writer.insert(Bank, {"name": "查银行"}),
            "enterprises/segment": writer.insert(Segment, {"name": "查环节"}),
            "visits/campaign": writer.insert(Campaign, {"name": "查走访"}),
            "settings/officer": writer.insert(Officer, {"name": "查科长"}),
            "finance/event": writer.insert(Meeting, {"name": "对接查会"}),
            "problems/meeting": (handed := writer.insert(Meeting, {"name": "交办查会"})),
            "finance/match": writer.insert(Match, {"park": park, "fail_reason": "查"}),
            "finance/need": writer.insert(Need, {"park": park, "purpose": "查"}),
            "output/monthly_output": writer.insert(
                MonthlyOutput, {"enterprise": firm, "month": "2021-03", "remark": "查"}
            ),
        }
        problem = writer.insert(Problem, {"text": "甲", "meeting": handed})
        writer.insert(
            Attachment, {"table_name": "problem", "row_id": problem, "name": "检查表.pdf", "sha256": "0" * 64}
        )
    opened = {f"{hit.page}/{hit.reference}" for hit in hits(look_up(ledger, "查"))}
    assert opened == {f"{place}:{row_id}" for place, row_id in ids.items()} | {f"problems/problem:{problem}"}


def test_every_searched_table_can_be_shown(ledger: Ledger) -> None:
    for texts in TEXTS:
        assert _heads(ledger, texts.table, ["nobody"]) == {}
        assert _contexts(ledger, texts.table, ["nobody"], ["字"]) == {}
        assert set(_places(ledger, texts.table, [])) == set()
        assert texts.table in search._GROUP_OF
