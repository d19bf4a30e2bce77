"""People, telephone numbers, masks and ID-card numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain import contacts
from chain_office.domain.contacts import PHONE, Person, read_people
from chain_office.domain.identity_numbers import BLANK, blank_id_numbers, find_id_numbers
from chain_office.domain.kinds import BadValue
from chain_office.domain.textkinds import LONG_TEXT, TEXT

ID_NUMBER = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("李四(办公室主任)0734-1234567", [Person("李四", "办公室主任", ("0734-1234567",))]),
        (
            "张三 13800138000、李四（科长）13900139000",
            [Person("张三", "", ("13800138000",)), Person("李四", "科长", ("13900139000",))],
        ),
        (
            "张三13800138000李四13900139000",
            [Person("张三", "", ("13800138000",)), Person("李四", "", ("13900139000",))],
        ),
        ("张三、李四 13800138000", [Person("张三"), Person("李四", "", ("13800138000",))]),
        ("13800138000 张三", [Person("张三", "", ("13800138000",))]),
        ("张三/13800138000/13900139000", [Person("张三", "", ("13800138000", "13900139000"))]),
        ("李明 副总经理 0734-8812345转801", [Person("李明", "副总经理", ("0734-8812345-801",))]),
        ("局长 刘备 13812345678", [Person("刘备", "局长", ("13812345678",))]),
        ("联系人：赵六 电话：13912345678", [Person("赵六", "", ("13912345678",))]),
        ("张三\n13800138000", [Person("张三", "", ("13800138000",))]),
        ("（0734）8123456", [Person("", "", ("0734-8123456",))]),
        ("王五局长 138****5678", [Person("王五", "局长", ("138****5678",))]),
        ("张三", [Person("张三")]),
        ("—", []),
    ],
)
def test_people(text, people):
    assert list(read_people(text)) == people


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (13800138000.0, "13800138000"),
        (13800138000, "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("13800138000/13900139000", "13800138000、13900139000"),
        ("(0734)8123456", "0734-8123456"),
        ("0734-8812345-801", "0734-8812345-801"),
        ("8123456", "8123456"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_phones(raw, stored):
    reading = PHONE.parse(raw)
    assert (reading.value, reading.warnings) == (stored, ())


@pytest.mark.parametrize("raw", ["1380013800", "138001380001", "张三", "12", 1.38e13])
def test_what_is_no_phone_is_refused(raw):
    with pytest.raises(BadValue):
        PHONE.parse(raw)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800138000", "138****8000"),
        ("0734-1234567", "0734-123****"),
        ("8123456", "812****"),
        ("138****8000", "138****8000"),
    ],
)
def test_masks(number, masked):
    assert contacts.mask_phone(number) == masked


def test_masks_inside_text():
    text = "联系张三13800138000或0734-1234567；编号20210001380013，金额13800138000元，代码91430482MA4DEM010T"
    masked = contacts.mask_phones_in_text(text)
    assert "138****8000" in masked
    assert "0734-123****" in masked
    assert masked.count("****") == 2
    assert contacts.mask_phones_in_text(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "电话13800138000.",
        "Tel13800138000",
        "１３８００１３８０００",
        "138-0013-8000",
        "138.0013.8000",
        "+86 138 0013 8000",
        "（０７３４）１２３４５６７",
        "+8613800138000a",
    ],
)
def test_no_spelling_of_a_number_slips_through(text):
    assert "****" in contacts.mask_phones_in_text(text)


@pytest.mark.parametrize(
    "text",
    ["13800138000.5", "13800138000万元", "2020-430482-32-03-012345", "共１３８家（含3家）", "91430482MA4DEM010T"],
)
def test_what_is_no_telephone_number_stays(text):
    assert contacts.mask_phones_in_text(text) == text


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=3))
def test_a_masked_value_coming_back_equals_the_stored_one(numbers):
    stored = "、".join(dict.fromkeys(numbers))
    masked = contacts.mask_phones(stored)
    assert contacts.is_masked(masked)
    assert all(number not in masked for number in numbers)
    assert contacts.equals_masked(stored, masked)
    assert contacts.equals_masked(stored, stored)
    assert PHONE.parse(masked).value == masked
    assert not contacts.equals_masked("13800138001、" + stored, masked)
    assert not contacts.equals_masked(None, masked)


def test_id_card_numbers_are_blanked_and_said():
    assert find_id_numbers(f"身份证{ID_NUMBER}，电话13800138000") == (ID_NUMBER,)
    assert blank_id_numbers(f"张三{ID_NUMBER}") == (f"张三{BLANK}", 1)
    for kind in (TEXT, LONG_TEXT):
        reading = kind.parse(f"张三 {ID_NUMBER}")
        assert ID_NUMBER not in str(reading.value)
        assert reading.warnings


@pytest.mark.parametrize(
    "text", ["110105194912310021", "110105194913310025", "91430482MA4DEM010T", "430400202111190002"]
)
def test_other_numbers_are_left_alone(text):
    assert blank_id_numbers(text) == (text, 0)
