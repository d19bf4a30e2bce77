"""Registers and visits: entries and exits, the same firm twice, codes, ID cards, hostile texts, broken cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from tests.books.offices.codes import credit_code
from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path

ID_CARD = "360902198801012318"
HOSTILE = (
    "=cmd()",
    "<b>甲</b>有限公司",
    "%s%n%d有限公司",
    "../../x有限公司",
    "'; DROP TABLE enterprise; --有限公司",
    "+HYPERLINK(1)有限公司",
    "{0.__class__}有限公司",
)


def two_districts(folder: Path) -> list[Path]:
    """A sheet a district; codes with a lost zero; a column of ID-card numbers; the same firm again under its code."""
    draft = Draft(folder, "景泽名册.xlsx")
    code = [credit_code(n) for n in range(1, 6)]
    draft.sheet(
        "高新区",
        [
            ["景泽市新能源汽车产业链规上企业名册（高新区）"],
            [
                "序号",
                "企业名称",
                "统一社会信用代码",
                "行业代码",
                "联系人及电话",
                "法人身份证号",
                "入规时间",
                "退规时间",
            ],
            [1, "景泽锂能（江北）有限公司", code[0], "3841", "张三13800138000", ID_CARD, None, None],
            [2, "景泽电驱有限公司", code[1], 911, "李 四 139-0013-9000", None, "2019年12月", None],
            [3, "景泽氢能有限公司", code[2], "C3812电动机制造", None, None, "2021年8月", None],
        ],
        merged="A1:H1",
    )
    draft.sheet(
        "东湖区",
        [
            ["景泽市新能源汽车产业链规上企业名册（东湖区）"],
            ["序号", "企业名称", "统一社会信用代码", "入规时间", "退规时间", "员工人数"],
            [1, "景泽循环有限公司", code[3], "2018.6", "2021年5月", "１２０人"],
            [2, "景泽锂能(江北)有限公司", code[0], None, None, 800],
            [3, "景泽锂能", code[0], None, None, None],
            [4, "景泽充换电有限公司", code[4][:-1] + ("1" if code[4][-1] != "1" else "2"), None, None, "约50"],
        ],
        merged="A1:F1",
    )
    return [draft.save()]


def hostile(folder: Path) -> list[Path]:
    """Texts that are markup, formulas, paths or SQL somewhere else; here they are names."""
    path = folder / "名册.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("<b>名册&%s")
        page.write_string(0, 0, "规上企业名册")
        page.write_row(1, 0, ["序号", "企业名称", "主要产品"])
        for i, name in enumerate(HOSTILE, 1):
            page.write_number(i + 1, 0, i)
            page.write_string(i + 1, 1, name)
            page.write_string(i + 1, 2, "=1+1")
    return [path]


def broken_cells(folder: Path) -> list[Path]:
    """#REF! in an amount refuses the row; #N/A in a remark only empties the cell; 2月30日 is no day."""
    path = folder / "坏单元格.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("放款")
        rows: list[list[object]] = [
            ["纺织产业链放款明细（2021年1月20日银企对接会）"],
            ["序号", "企业名称", "放款银行", "放款金额（万元）", "放款时间", "备注"],
            [1, "云锦纺织有限公司", "工行", None, "2021-02-01", None],
            [2, "织女服装有限公司", "农行", 300, "2021年2月30日", None],
            [3, "飞梭棉业有限公司", "建行", 200, "2021-02-03", None],
        ]
        for down_, row in enumerate(rows):
            page.write_row(down_, 0, row)
        page.write_formula(2, 3, "=Sheet9!A1", None, "#REF!")
        page.write_formula(4, 5, "=NA()", None, "#N/A")
    return [path]


def visits(folder: Path) -> list[Path]:
    """Days without a year under a title with one; the same firm on two days and once twice on one day."""
    draft = Draft(folder, "走访.xlsx")
    draft.sheet(
        "走访记录",
        [
            ["2021年5月轨道交通装备产业链企业走访记录"],
            ["序号", "走访时间", "被走访企业", "带队领导", "受访人及电话", "经营情况", "困难和问题", "下步打算"],
            [1, "5月12日", "南车配件有限公司", "某主任", "陈七13700137000", "订单饱满", "1.缺焊工\n2.融资难", "扩产"],
            [2, "5月12日", "轨道铝业有限公司", "某主任", None, "一般", "无", "技改"],
            [3, "5.20", "南车配件有限公司", "某主任", None, "订单饱满", None, None],
            [4, "2021/5/30", "北站信号设备公司", "某局长", None, "下滑", "回款慢", None],
            [5, "2月30日", "幽灵日期公司", "某局长", None, None, None, None],
        ],
        merged="A1:H1",
    )
    return [draft.save()]


def visits_by_group(folder: Path) -> list[Path]:
    """Two groups' lists under one another, the date merged over the rows, the leader in a line above each."""
    draft = Draft(folder, "分组走访.xlsx")
    head = ["序号", "调研日期", "企业名称", "生产经营情况", "存在困难和问题", "发展打算"]
    draft.sheet(
        "三月",
        [
            ["2021年3月现代种业产业链集中走访"],
            ["第一组  组长：张某"],
            head,
            [1, "3月8日", "云溪种业有限公司", "平稳", "缺仓库", "扩繁"],
            [2, None, "石桥制种有限公司", "平稳", "缺水", "节水"],
            ["第二组  组长：李某"],
            head,
            [1, "3月9日", "金穗农科有限公司", "良好", "无", "上市"],
        ],
        merged=f"A1:F1 A2:F2 A6:F6 {down('B', 4, 5)}",
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "register of two districts, June",
        two_districts,
        as_of="2021-06-30",
        figures={"enterprises.total": 3},
        warned=((6, "校验"), (2, "身份证")),
        values={
            ("高新区", 3): {"industry_code": "3841"},
            ("高新区", 4): {"industry_code": "0911"},
            ("高新区", 5): {"industry_code": "3812"},
            ("东湖区", 3): {"employees": 120},
        },
    ),
    Case("register of two districts, August", two_districts, as_of="2021-08-31", figures={"enterprises.total": 4}),
    Case("register of two districts, April", two_districts, as_of="2021-04-30", figures={"enterprises.total": 4}),
    Case(
        "hostile texts",
        hostile,
        as_of="2021-12-31",
        figures={"enterprises.total": len(HOSTILE)},
        counts={"<b>名册&%s": ("enterprises", len(HOSTILE), 0, 0, 0)},
        values={("<b>名册&%s", 3 + i): {"name": name, "products": "=1+1"} for i, name in enumerate(HOSTILE)},
    ),
    Case(
        "broken cells",
        broken_cells,
        as_of="2021-12-31",
        figures={"finance.drawn_yuan": 2_000_000, "finance.enterprises": 1},
        refused=((3, ""), (4, "")),
        warned=((5, ""),),
        counts={"放款": ("finance", 1, 0, 0, 2)},
    ),
    Case(
        "visits in May",
        visits,
        as_of="2021-05-15",
        figures={"visits.enterprises_visited": 2, "enterprises.total": 0, "problems.collected": 0},
        counts={"走访记录": ("visits", 4, 0, 0, 1)},
        refused=((7, "2月30日"),),
        values={("走访记录", 3): {"day": "2021-05-12"}, ("走访记录", 5): {"day": "2021-05-20"}},
    ),
    Case(
        "visits, end of May",
        visits,
        as_of="2021-05-31",
        refused=((7, "2月30日"),),
        figures={"visits.enterprises_visited": 3},
    ),
    Case(
        "visits by group",
        visits_by_group,
        as_of="2021-03-31",
        figures={"visits.enterprises_visited": 3},
        counts={"三月": ("visits", 3, 0, 0, 0)},
        values={("三月", 5): {"day": "2021-03-08", "enterprise": "石桥制种有限公司"}},
    ),
)
