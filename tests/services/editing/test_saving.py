"""Saving a form: what is refused in words, what follows, and what happens when two people edit one record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from chain_office import clock
from chain_office.db.ledger import open_ledger
from chain_office.db.models import database as proxy
from chain_office.domain.errors import BugError, KnownError
from chain_office.domain.forms import Clashing, Edit, Faulty
from chain_office.services import editing
from chain_office.services.editing import saving, titles
from tests.services.editing.clerk import AS_OF, Clerk

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger


def history(ledger: Ledger) -> int:
    return int(ledger.value("SELECT count(*) FROM history"))


def test_saving_without_a_change_writes_nothing(clerk: Clerk, ledger: Ledger) -> None:
    firm, before = clerk.firm(), history(ledger)
    loaded = clerk.open("enterprise", firm)
    saved = clerk.save(loaded, name=loaded.values["name"], chain_leader=None)
    assert saved.write_no == 0
    assert "没有改动" in saved.said
    assert history(ledger) == before


def test_a_field_the_form_does_not_have_is_our_mistake(clerk: Clerk) -> None:
    with pytest.raises(BugError):
        clerk.change("problem", clerk.value("SELECT id FROM problem LIMIT 1"), state="closed")


def test_all_faults_are_told_at_once_each_by_its_field(clerk: Clerk) -> None:
    firm = clerk.value("SELECT enterprise_id FROM monthly_output WHERE month = '2021-09' LIMIT 1")
    faults = clerk.faults("monthly_output", enterprise_id=firm, month="2021-09", source="统计联网直报平台")
    assert {name: fault.stops for name, fault in faults.items()} == {"month": True, "month_yuan": True, "source": True}
    assert "已有 2021-09" in faults["month"].message
    assert "联网直报" in faults["source"].message


def test_a_value_nobody_can_read_is_told_by_its_label(clerk: Clerk) -> None:
    faults = clerk.faults("enterprise", name="甲铜业有限公司", uscc="91430400MA4L16JQ9B")
    assert faults["uscc"].message.startswith("统一社会信用代码：")
    assert "校验不对" in faults["uscc"].message


def test_a_mark_of_secrecy_is_pointed_out_and_saved_when_asked_again(clerk: Clerk, ledger: Ledger) -> None:
    firm = clerk.firm()
    loaded = clerk.open("enterprise", firm)
    with pytest.raises(Faulty) as caught:
        clerk.save(loaded, remark="机密★三年")
    assert [(one.name, one.stops) for one in caught.value.faults] == [("remark", False)]
    assert "不得录入涉密信息" in caught.value.message
    clerk.save(loaded, remark="机密★三年", accept={"remark"})
    assert clerk.value("SELECT remark FROM enterprise WHERE id = ?", firm) == "机密★三年"


def test_warnings_alone_stop_only_until_they_are_accepted(clerk: Clerk) -> None:
    faults = clerk.faults("visit", enterprise_id=clerk.firm(), day=date(2023, 1, 1))
    assert [(one.name, one.stops) for one in faults.values()] == [("day", False)]
    saved = clerk.new("visit", enterprise_id=clerk.firm(), day=date(2023, 1, 1), accept={"day"})
    assert saved.write_no


def test_output_says_where_it_comes_from(clerk: Clerk) -> None:
    faults = clerk.faults(
        "monthly_output", enterprise_id=clerk.firm(), month="2021-10", month_yuan=10**8, cum_yuan=10**9
    )
    assert faults["source"].message == "数据来源没有填"
    row = clerk.value("SELECT id FROM monthly_output WHERE source IS NULL AND month = '2021-09' LIMIT 1")
    clerk.change("monthly_output", row, remark="已核对")  # the figures stay: nothing is asked
    with pytest.raises(Faulty, match="没有写数据来源"):
        clerk.change("monthly_output", row, cum_yuan=10**12, accept={"cum_yuan", "month_yuan"})


def test_a_firm_that_seems_registered_already_is_pointed_out(clerk: Clerk) -> None:
    clerk.new("enterprise", name="衡阳远山铜业有限公司", uscc="91430400MA4L16JQ9W")
    faults = clerk.faults("enterprise", name="乙铜业有限公司", uscc="91430400MA4L16JQ9W")
    assert not faults["uscc"].stops
    assert "远山铜业" in faults["uscc"].message
    faults = clerk.faults("enterprise", name="湖南远山铜业集团有限公司")
    assert not faults["name"].stops
    assert "名称主干相同" in faults["name"].message


def test_a_new_name_keeps_the_old_one_and_its_initials_follow(clerk: Clerk, ledger: Ledger) -> None:
    made = clerk.new("enterprise", name="衡阳远山铜业有限公司").row_id
    clerk.change("enterprise", made, name="湖南近水合金有限公司")
    row = ledger.rows("SELECT former_names, name_key, name_core, initials FROM enterprise WHERE id = ?", (made,))[0]
    assert row == ("衡阳远山铜业有限公司", "湖南近水合金有限公司", "近水合金", "hnjshjyxgs")


def test_stays_on_the_register_do_not_overlap_or_run_backwards(clerk: Clerk) -> None:
    firm = clerk.new("enterprise", name="衡阳远山铜业有限公司").row_id
    first = clerk.new(
        "register_spell", enterprise_id=firm, entry_day=date(2020, 1, 1), exit_day=date(2021, 1, 1)
    ).row_id
    assert "重叠" in clerk.faults("register_spell", enterprise_id=firm, entry_day=date(2020, 6, 1))["entry_day"].message
    clerk.new("register_spell", enterprise_id=firm, entry_day=date(2021, 1, 1), entry_kind="规下转规上")
    with pytest.raises(Faulty, match="不晚于入规时间"):
        clerk.change("register_spell", first, exit_day=date(2019, 1, 1))
    assert (
        clerk.value("SELECT entry_kind FROM register_spell WHERE enterprise_id = ? AND exit_day IS NULL", firm)
        == "promoted"
    )


def test_a_new_problem_waits_to_be_screened(clerk: Clerk, ledger: Ledger) -> None:
    made = clerk.new(
        "problem", enterprise_id=clerk.firm(), text="一、用电紧张。", collected_day=date(2021, 10, 8)
    ).row_id
    state, core, rounds = ledger.rows("SELECT state, text_core, rounds FROM problem WHERE id = ?", (made,))[0]
    assert (state, core, rounds) == ("waiting", "用电紧张", 0)
    assert ledger.rows("SELECT seq, kind, day, state FROM problem_event WHERE problem_id = ?", (made,)) == [
        (1, "opening", "2021-10-08", "waiting")
    ]
    clerk.change("problem", made, collected_day=date(2021, 10, 1))
    assert clerk.value("SELECT day_from FROM problem_span WHERE problem_id = ?", made) == "2021-10-01"
    assert clerk.value("SELECT day FROM problem_event WHERE problem_id = ?", made) == "2021-10-01"


def test_a_deadline_is_not_before_the_hand_over_and_the_first_one_is_kept(clerk: Clerk, ledger: Ledger) -> None:
    row, assigned, deadline = ledger.rows(
        "SELECT id, assigned_day, deadline FROM problem WHERE state = 'doing' AND deadline IS NOT NULL LIMIT 1"
    )[0]
    with pytest.raises(Faulty, match="早于交办时间"):
        clerk.change("problem", row, deadline=date.fromisoformat(assigned).replace(year=2019))
    clerk.change("problem", row, deadline=date(2021, 12, 31))
    assert clerk.value("SELECT original_deadline FROM problem WHERE id = ?", row) == deadline


def test_what_a_bank_paid_out_decides_how_far_a_match_is(clerk: Clerk, ledger: Ledger) -> None:
    def reached() -> Any:
        return ledger.rows("SELECT reached, matched_day FROM match WHERE id = ?", (match,))[0]

    bank = clerk.value("SELECT id FROM bank LIMIT 1")
    need = clerk.new("need", enterprise_id=clerk.firm(), need_yuan=10**8).row_id
    match = clerk.new("match", need_id=need, bank_id=bank, stage="未达成", fail_reason="额度用完").row_id
    assert reached() == ("refused", None)
    clerk.change("match", match, stage=None, intent_yuan=10**7, intent_day=date(2021, 9, 1))
    assert reached() == ("intent", "2021-09-01")
    clerk.new("credit", match_id=match, granted_yuan=10**7, day=date(2021, 8, 20))
    assert reached() == ("granted", "2021-08-20")
    drawn = clerk.new("drawdown", match_id=match, drawn_yuan=10**6, day=date(2021, 10, 1), rate=Decimal("4.35")).row_id
    assert reached() == ("drawn", "2021-08-20")
    clerk.change("drawdown", drawn, day=date(2021, 10, 2))
    clerk.bin("drawdown", drawn)
    assert reached() == ("granted", "2021-08-20")


def test_drawing_more_or_earlier_than_granted_is_asked_about(clerk: Clerk) -> None:
    match = clerk.value("SELECT match_id FROM credit LIMIT 1")
    faults = clerk.faults("drawdown", match_id=match, drawn_yuan=10**12, day=date(2019, 1, 1))
    assert "超过授信合计" in faults["drawn_yuan"].message
    assert "早于授信时间" in faults["day"].message
    assert not any(fault.stops for name, fault in faults.items() if name in {"drawn_yuan", "day"})


def test_a_loan_always_has_a_day_and_a_typed_day_is_its_own(clerk: Clerk) -> None:
    row = clerk.value("SELECT id FROM drawdown WHERE dated_by = 'event' LIMIT 1")
    with pytest.raises(Faulty, match="放款时间没有填"):
        clerk.change("drawdown", row, day=None)
    clerk.change("drawdown", row, day=date(2020, 12, 24))
    assert clerk.value("SELECT dated_by FROM drawdown WHERE id = ?", row) == "row"


def test_a_meeting_that_was_on_another_day_moves_what_it_dates(clerk: Clerk, ledger: Ledger) -> None:
    event = clerk.value("SELECT id FROM meeting WHERE kind = '银企对接会'")
    saved = clerk.change("meeting", event, day=date(2020, 11, 19))
    assert "3 笔按会议日期计的授信、放款随之更正" in saved.said
    days = ledger.rows("SELECT DISTINCT day FROM drawdown WHERE dated_by = 'event'")
    assert days == [("2020-11-19",)]


def test_a_borrower_is_one_firm_or_one_park(clerk: Clerk) -> None:
    park = clerk.value("SELECT id FROM park LIMIT 1")
    assert clerk.faults("need", need_yuan=1)["enterprise_id"].stops
    assert "只能是" in clerk.faults("need", need_yuan=1, enterprise_id=clerk.firm(), park_id=park)["park_id"].message


@pytest.mark.parametrize(
    ("days", "stages"),
    [
        ({}, [("planned", None)]),
        ({"start_day": date(2021, 3, 1)}, [("under_construction", "2021-03-01")]),
        (
            {"start_day": date(2021, 3, 1), "finish_day": date(2021, 9, 1)},
            [("under_construction", "2021-03-01"), ("completed", "2021-09-01")],
        ),
    ],
)
def test_a_new_project_stands_where_its_days_say(
    clerk: Clerk, ledger: Ledger, days: dict[str, Any], stages: list[tuple[str, str | None]]
) -> None:
    made = clerk.new("project", accept=None, name="远山项目", **days).row_id
    assert ledger.rows("SELECT stage, day FROM stage_change WHERE project_id = ? ORDER BY id", (made,)) == stages
    assert clerk.value("SELECT stage FROM project WHERE id = ?", made) == stages[-1][0]


def test_a_stage_change_moves_the_project_and_a_corrected_day_moves_the_change(clerk: Clerk) -> None:
    made = clerk.new("project", name="远山项目", start_day=date(2021, 3, 1)).row_id
    clerk.new("stage_change", project_id=made, stage="停缓建", day=date(2021, 8, 1))
    assert clerk.value("SELECT stage FROM project WHERE id = ?", made) == "stopped"
    assert (
        "不用重复登记"
        in clerk.faults("stage_change", project_id=made, stage="停缓建", day=date(2021, 9, 1))["stage"].message
    )
    assert (
        "还没有到" in clerk.faults("stage_change", project_id=made, stage="竣工", day=date(2023, 9, 1))["day"].message
    )
    saved = clerk.change("project", made, start_day=date(2021, 3, 15))
    assert "阶段变更的日期随之更正" in saved.said
    assert clerk.value("SELECT min(day) FROM stage_change WHERE project_id = ?", made) == "2021-03-15"


def test_a_day_of_completion_without_the_stage_is_asked_about(clerk: Clerk) -> None:
    made = clerk.new("project", name="远山项目", start_day=date(2021, 3, 1)).row_id
    with pytest.raises(Faulty, match="请在“阶段变更”里登记竣工"):
        clerk.change("project", made, finish_day=date(2021, 9, 1))
    with pytest.raises(Faulty, match="早于开工时间"):
        clerk.change("project", made, finish_day=date(2020, 9, 1))


def test_january_and_shrinking_totals_are_asked_about(clerk: Clerk) -> None:
    firm = clerk.new("enterprise", name="衡阳远山铜业有限公司").row_id
    faults = clerk.faults(
        "monthly_output", enterprise_id=firm, month="2021-01", month_yuan=10**7, cum_yuan=2 * 10**7, source="企业自报"
    )
    assert "1 月的累计" in faults["cum_yuan"].message
    clerk.new(
        "monthly_output", enterprise_id=firm, month="2021-02", month_yuan=10**7, cum_yuan=2 * 10**7, source="企业自报"
    )
    faults = clerk.faults(
        "monthly_output", enterprise_id=firm, month="2021-03", month_yuan=10**9, cum_yuan=10**7, source="企业自报"
    )
    assert set(faults) == {"month_yuan", "cum_yuan"}
    assert "相差十倍以上" in faults["month_yuan"].message
    assert not any(fault.stops for fault in faults.values())


def test_a_contact_does_not_change_firms(clerk: Clerk) -> None:
    other = clerk.new("enterprise", name="衡阳远山铜业有限公司").row_id
    with pytest.raises(Faulty, match="不能改到别的企业名下"):
        clerk.change("contact", clerk.value("SELECT id FROM contact LIMIT 1"), enterprise_id=other)


def test_a_link_to_what_is_in_the_bin_is_refused(clerk: Clerk) -> None:
    gone = clerk.new("enterprise", name="衡阳远山铜业有限公司").row_id
    clerk.bin("enterprise", gone)
    assert "已不在台账里" in clerk.faults("visit", enterprise_id=gone, day=date(2021, 1, 1))["enterprise_id"].message


# Two people, one record.


def test_two_people_changing_different_fields_are_both_right(clerk: Clerk, ledger: Ledger) -> None:
    firm = clerk.firm()
    mine = clerk.open("enterprise", firm)
    Clerk(ledger, "李四").change("enterprise", firm, address="雁峰路 1 号")
    saved = clerk.save(mine, remark="已核对")
    assert "李四刚改过的地址也都保留" in saved.said
    assert ledger.rows("SELECT address, remark FROM enterprise WHERE id = ?", (firm,)) == [("雁峰路 1 号", "已核对")]


def test_two_people_changing_one_field_see_mine_theirs_and_the_original(clerk: Clerk, ledger: Ledger) -> None:
    firm, other = clerk.firm(), Clerk(ledger, "李四")
    clerk.change("enterprise", firm, remark="原来的")
    mine = clerk.open("enterprise", firm)
    other.change("enterprise", firm, remark="中间的")
    other.change("enterprise", firm, remark="他的", employees=55)
    with pytest.raises(Clashing) as caught:
        clerk.save(mine, remark="我的", address="雁峰路 1 号")
    (clash,) = caught.value.clashes
    assert (clash.name, clash.mine_text, clash.theirs_text, clash.original_text) == ("remark", "我的", "他的", "原来的")
    assert clerk.value("SELECT remark FROM enterprise WHERE id = ?", firm) == "他的"
    assert caught.value.theirs.values["employees"] == 55
    clerk.save(caught.value.theirs, remark="我的", address="雁峰路 1 号")
    assert clerk.value("SELECT remark FROM enterprise WHERE id = ?", firm) == "我的"


def test_agreeing_or_changing_back_is_no_clash(clerk: Clerk, ledger: Ledger) -> None:
    firm, other = clerk.firm(), Clerk(ledger, "李四")
    mine = clerk.open("enterprise", firm)
    other.change("enterprise", firm, remark="一样的")
    assert clerk.save(mine, remark="一样的").write_no == 0
    mine = clerk.open("enterprise", firm)
    other.change("enterprise", firm, remark="改了")
    other.change("enterprise", firm, remark="一样的")
    clerk.save(mine, remark="我的")
    assert clerk.value("SELECT remark FROM enterprise WHERE id = ?", firm) == "我的"


def test_a_change_from_another_desk_is_seen(clerk: Clerk, office: Path) -> None:
    firm = clerk.firm()
    mine = clerk.open("enterprise", firm)
    with open_ledger(office) as elsewhere:
        Clerk(elsewhere, "王五").change("enterprise", firm, remark="别的电脑")
    with pytest.raises(Clashing):
        clerk.save(mine, remark="我的")


def test_a_save_from_another_desk_between_looking_and_writing_is_not_run_over(
    clerk: Clerk, ledger: Ledger, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is looked at again inside the write, if anything was written since it was looked at."""
    firm = clerk.firm()
    mine = clerk.open("enterprise", firm)
    really = titles.title_of

    def interrupted(*arguments: Any) -> str:
        monkeypatch.setattr(saving, "title_of", really)
        with open_ledger(office) as elsewhere:
            Clerk(elsewhere, "王五").change("enterprise", firm, remark="别的电脑", employees=42)
        proxy.initialize(ledger.database)
        return really(*arguments)

    monkeypatch.setattr(saving, "title_of", interrupted)
    with pytest.raises(Clashing):
        clerk.save(mine, remark="我的")
    monkeypatch.setattr(saving, "title_of", interrupted)
    saved = clerk.save(clerk.open("enterprise", firm), address="雁峰路 1 号")
    assert saved.write_no
    assert ledger.rows("SELECT remark, employees, address FROM enterprise WHERE id = ?", (firm,)) == [
        ("别的电脑", 42, "雁峰路 1 号")
    ]


def test_a_record_binned_meanwhile_is_not_saved(clerk: Clerk) -> None:
    contact = clerk.value("SELECT id FROM contact LIMIT 1")
    mine = clerk.open("contact", contact)
    clerk.bin("contact", contact)
    with pytest.raises(KnownError, match="已被移入回收站"):
        clerk.save(mine, remark="x")


def test_links_in_a_clash_are_told_by_name(clerk: Clerk, ledger: Ledger) -> None:
    firm = clerk.firm()
    parks = [row[0] for row in ledger.rows("SELECT id FROM park LIMIT 2")]
    mine = clerk.open("enterprise", firm)
    Clerk(ledger, "李四").change("enterprise", firm, park_id=parks[0])
    with pytest.raises(Clashing) as caught:
        clerk.save(mine, park_id=parks[1])
    names = dict(ledger.rows("SELECT id, coalesce(short, name) FROM park"))
    assert caught.value.clashes[0].theirs_text == names[parks[0]]
    assert caught.value.clashes[0].mine_text == names[parks[1]]


# Several at once.


def test_several_records_change_in_one_write(clerk: Clerk, ledger: Ledger) -> None:
    ids = [row[0] for row in ledger.rows("SELECT id FROM enterprise LIMIT 40")]
    saved = editing.change_many(ledger, "enterprise", ids, "chain_leader", "王主任", "张三")
    assert saved.said == "已修改 40 条企业的联系领导"
    changed = ledger.rows("SELECT row_id FROM history WHERE write_no = ? AND field = 'chain_leader'", (saved.write_no,))
    assert len(changed) == 40
    assert editing.change_many(ledger, "enterprise", ids, "chain_leader", "王主任", "张三").write_no == 0
    clerk.undo(saved)
    assert clerk.value("SELECT count(*) FROM enterprise WHERE chain_leader IS NOT NULL") == 0


def test_several_are_refused_whole_and_the_one_is_named(clerk: Clerk, ledger: Ledger) -> None:
    projects = [
        row[0] for row in ledger.rows("SELECT id FROM project WHERE start_day IS NOT NULL ORDER BY number LIMIT 3")
    ]
    before = history(ledger)
    with pytest.raises(Faulty) as caught:
        editing.change_many(ledger, "project", projects, "finish_day", date(2019, 1, 1), "张三")
    name = clerk.value("SELECT name FROM project WHERE id = ?", projects[0])
    assert any(name in fault.message for fault in caught.value.faults)
    assert history(ledger) == before


def test_a_warning_shared_by_several_is_told_once_and_accepted_for_all(clerk: Clerk, ledger: Ledger) -> None:
    ids = [row[0] for row in ledger.rows("SELECT id FROM visit LIMIT 9")]
    with pytest.raises(Faulty) as caught:
        editing.change_many(ledger, "visit", ids, "remark", "【秘密】", "张三")
    (fault,) = caught.value.faults
    assert "等 9 条" in fault.message
    saved = editing.change_many(ledger, "visit", ids, "remark", "【秘密】", "张三", accept={"remark"})
    assert saved.write_no
    clerk.look()


def test_several_are_compared_with_one_another_as_well(clerk: Clerk, ledger: Ledger) -> None:
    ids = [clerk.new("project", name=f"{name}号项目").row_id for name in "一二"]
    before = clerk.value("SELECT count(*) FROM history")
    with pytest.raises(Faulty, match=r"项目代码与“.号项目”.*相同"):
        editing.change_many(ledger, "project", ids, "code", "2021-430400-01", "张三")
    assert clerk.value("SELECT count(*) FROM history") == before
    clerk.look()


def test_today_is_the_clocks(clerk: Clerk) -> None:
    clock.set_clock(lambda: datetime(2024, 1, 1, 12, tzinfo=UTC))
    assert clerk.new("visit", enterprise_id=clerk.firm(), day=date(2023, 1, 1)).write_no


def test_a_draft_written_before_the_ledger_moved_on_is_still_merged(clerk: Clerk, ledger: Ledger) -> None:
    firm = clerk.firm()
    version = clerk.open("enterprise", firm).version
    for number in range(3):
        clerk.change("enterprise", firm, employees=number + 10)
    editing.save(ledger, Edit("enterprise", firm, version, {"remark": "草稿"}), "张三")
    assert ledger.rows("SELECT employees, remark FROM enterprise WHERE id = ?", (firm,)) == [(12, "草稿")]
    assert editing.load(ledger, "enterprise", firm, AS_OF).version > version
