"""The lists of names an office keeps: what each is called, its columns, and how a column is edited."""

from __future__ import annotations

from dataclasses import dataclass

from chain_office.domain.chain import STREAMS

LINE, LINES, LINK, LINKS, CHOICE, DAY, TICK = "line", "lines", "link", "links", "choice", "day", "tick"
"""How a column is edited: one line, one word a line, a row of another list, several of them, a word of a few (or any
other), a day, yes or no."""


@dataclass(frozen=True, slots=True)
class NameField:
    """One column. ``name``: the storage name; a link's ends in ``_id``. ``link``: the list its rows are chosen from."""

    name: str
    label: str
    edited: str = LINE
    width: int = 100
    link: str = ""
    choices: tuple[str, ...] = ()
    tip: str = ""


@dataclass(frozen=True, slots=True)
class NameList:
    """One list. ``noun``: what one entry is called. ``known_as``: its entries have 简称 and 别名 that imports know."""

    table: str
    title: str
    noun: str
    fields: tuple[NameField, ...]
    known_as: bool = True

    def field(self, name: str) -> NameField:
        """The column called ``name``; KeyError if the list has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the list has such a column."""
        return any(one.name == name for one in self.fields)


_NAME = NameField("name", "名称", width=214)
_SHORT = NameField("short", "简称", width=104, tip="表格和材料里用的短名")
_ALIASES = NameField("aliases", "别名", LINES, 220, tip="导入时同样认得的其他写法，一行一个")
_SURE = NameField("verified", "已核对", TICK, 84, tip="名称已和正式文件核对过")
_REMARK = NameField("remark", "备注", width=140)
_DISTRICT = NameField("district_id", "所在县市区", LINK, 92, link="district")

NAME_LISTS = (
    NameList(
        "district",
        "县市区",
        "县市区",
        (_NAME, _SHORT, NameField("kind", "类别", CHOICE, 78, choices=("区", "县", "县级市")), _ALIASES, _SURE),
    ),
    NameList(
        "park",
        "园区",
        "园区",
        (
            _NAME,
            _SHORT,
            NameField("level", "级别", CHOICE, 78, choices=("国家级", "省级", "市级")),
            _DISTRICT,
            _ALIASES,
            _SURE,
        ),
    ),
    NameList(
        "unit",
        "承办单位",
        "单位",
        (
            NameField("name", "名称", width=186),
            NameField("short", "简称", width=92, tip="表格和材料里用的短名"),
            NameField("kind", "类别", CHOICE, 92, choices=("市直单位", "县市区", "园区", "中央省驻衡单位")),
            NameField("categories", "常办类别", LINKS, 130, link="category", tip="这个单位通常承办哪些类别的问题"),
            NameField("district_id", "县市区", LINK, 70, link="district", tip="县市区政府属于哪个县市区"),
            NameField("park_id", "园区", LINK, 84, link="park", tip="园区管委会管哪个园区"),
            NameField("aliases", "别名", LINES, 130, tip="导入时同样认得的其他写法，一行一个"),
            _SURE,
        ),
    ),
    NameList(
        "bank",
        "银行",
        "银行",
        (
            _NAME,
            _SHORT,
            NameField(
                "kind", "类别", CHOICE, 78, choices=("国有大行", "政策性", "开发性", "股份制", "城商行", "农商行")
            ),
            NameField("caution", "易混提示", width=130, tip="容易和哪家银行写混"),
            _ALIASES,
            _SURE,
        ),
    ),
    NameList(
        "segment",
        "产业链环节",
        "环节",
        (
            NameField("name", "名称", width=170),
            NameField("short", "简称", width=84, tip="图谱和表格里用的短名"),
            NameField("stream", "所处位置", CHOICE, 72, choices=STREAMS, tip="上游、中游、下游；服务全链的是配套"),
            NameField("parent_id", "上级环节", LINK, 96, link="segment", tip="属于哪个大环节；位置随上级"),
            NameField("rank", "顺序", width=48, tip="同一位置、同一上级里从小到大排"),
            NameField("codes", "行业代码", LINES, 110, tip="国民经济行业分类（GB/T 4754-2017）代码，一行一个"),
            _ALIASES,
            _SURE,
        ),
    ),
    NameList(
        "category",
        "问题类别",
        "类别",
        (
            NameField("name", "名称", width=130),
            NameField("default_units", "默认承办单位", LINKS, 190, link="unit", tip="这类问题通常交给哪些单位"),
            NameField("keywords", "关键词", LINES, 220, tip="问题里出现这些词，多半属于这一类，一行一个"),
            NameField("aliases", "别名", LINES, 120, tip="导入时同样认得的其他写法，一行一个"),
            _SURE,
        ),
    ),
    NameList(
        "officer",
        "人员",
        "人员",
        (
            NameField("name", "姓名", width=110),
            NameField("post", "职务", width=150),
            NameField("unit_id", "单位", LINK, 170, link="unit"),
            NameField("phone", "联系电话", width=130),
            _REMARK,
        ),
        known_as=False,
    ),
    NameList(
        "meeting",
        "会议",
        "会议",
        (
            NameField("name", "会议名称", width=260),
            NameField("kind", "会议类别", CHOICE, 110, choices=("问题交办会", "银企对接会", "调度会")),
            NameField("day", "会议日期", DAY, 100, tip="可写 0315、3.15、2021年10月底"),
            _REMARK,
        ),
        known_as=False,
    ),
    NameList(
        "campaign",
        "走访活动",
        "走访活动",
        (
            NameField("name", "走访活动", width=260),
            NameField("from_day", "开始日期", DAY, 100, tip="可写 0315、3.15、2021年10月初"),
            NameField("to_day", "结束日期", DAY, 100, tip="可写 0315、3.15、2021年10月底"),
            _REMARK,
        ),
        known_as=False,
    ),
)


def name_list(table: str) -> NameList:
    """The list kept in a table; KeyError if it is none."""
    for one in NAME_LISTS:
        if one.table == table:
            return one
    raise KeyError(table)
