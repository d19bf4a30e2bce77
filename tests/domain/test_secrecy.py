"""密级 marks and marks of survey data, without false alarms."""

from __future__ import annotations

import pytest

from chain_office.domain.secrecy import find_secrecy_mark, find_survey_mark


@pytest.mark.parametrize(
    "text",
    [
        "秘密★1年",
        "绝密★长期",
        "机密",
        "【机密】",
        "(秘密)",
        "密级：秘密",
        "秘　密",
        "机密级文件",
        "机密 关于项目的通知",
        "附件：秘密★",
    ],
)
def test_secrecy_marks(text):
    finding = find_secrecy_mark(text)
    assert finding is not None
    assert finding.kind == "secret"
    assert "涉密" in finding.reason


@pytest.mark.parametrize("text", ["工作秘密", "【工作秘密】", "工作秘密★"])
def test_work_secrets(text):
    finding = find_secrecy_mark(text)
    assert finding is not None
    assert finding.kind == "work_secret"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "商业秘密",
            "签订保密协议，保护商业秘密",
            "秘密武器",
            "保密",
            "本系统不得录入国家秘密",
            "不属于工作秘密",
            "本企业机密配方",
        ),
        *(
            "《中华人民共和国保守国家秘密法》",
            "防止泄露工作秘密",
            "企业有商业秘密★",
            "严禁处理机密级文件",
            "不涉及国家秘密",
            "",
            None,
            5,
        ),
    ],
)
def test_no_false_alarm(text):
    assert find_secrecy_mark(text) is None


@pytest.mark.parametrize(
    "text", ["B204-1", "表号：B204-1表", "联网直报平台导出", "国统字〔2020〕101号", "制定机关：国家统计局"]
)
def test_survey_marks(text):
    finding = find_survey_mark(text)
    assert finding is not None
    assert "统计" in finding.reason


@pytest.mark.parametrize("text", ["AB204-12", "产值", "电话0734-2041234", "2021-09", "企业自报调度表"])
def test_no_survey_marks(text):
    assert find_survey_mark(text) is None
