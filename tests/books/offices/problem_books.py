"""Problem lists: hand-over, screening, verification, batches under one another, and dates that must be found or asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path


def handed_over(folder: Path) -> list[Path]:
    """主板单位 for 主办单位, lead and co-units in one cell, deadlines without a year, every kind of status."""
    draft = Draft(folder, "陶瓷问题.xlsx")
    draft.sheet(
        "交办清单",
        [
            ["先进陶瓷产业链企业问题交办清单（2021年4月12日交办会）"],
            ["截至2021年9月30日"],
            ["序号", "企业名称", "存在问题", "主板单位", "办结时限", "进展情况", "办理状态", "满意度"],
            [1, "明窑陶瓷", "二期用地未供", "市自规局（牵头）、市住建局", "6月底", "正在报批", "未办结", None],
            [2, None, "气价偏高", "市发改委", "2021年12月31日", "已降0.1元", "基本解决", None],
            [3, "青釉瓷业", "重金属总量指标不足", "市生态环境局", "长期坚持", "逐年争取", "长期推进", None],
            [4, None, "招工难", "市工信局", "5月31日", "非本单位职责", "退回", None],
            [5, "高岭新材", "货车限行", "市公安局", "2021-05-20", "已办通行证", "已办结", "满意"],
            [6, None, "专利质押", "市科技局", "10月31日", "银行已放款", "待核实", None],
        ],
        merged=f"A1:H1 A2:H2 {down('B', 4, 5)} {down('B', 6, 7)} {down('B', 8, 9)}",
    )
    return [draft.save()]


def screened(folder: Path) -> list[Path]:
    """The three criteria as √ and × under one heading; the row's own word beats the criteria."""
    draft = Draft(folder, "筛选.xlsx")
    draft.sheet(
        "筛选表",
        [
            ["生物医药产业链企业问题筛选表（2021年3月5日）"],
            ["序号", "企业名称", "反映问题", "筛选标准", None, None, "牵头单位", "办理状态"],
            [None, None, None, "企业很急需", "条件又具备", "政府办得到", None, None],
            [1, "康桥药业", "冷链通道不足", "√", "√", "√", None, None],
            [2, "康桥药业", "新厂污水接管", "√", "×", "√", None, None],
            [3, "百草堂", "集采价格低", "√", "√", "×", None, None],
            [4, "百草堂", "增挂路牌", "×", "√", "√", None, None],
            [5, "江浦冷链", "司机不足", None, None, None, None, None],
            [6, "江浦冷链", "夜间通行证", "√", "√", "√", "市公安局", None],
            [7, "医疗器械园", "检测收费", "√", "×", "√", None, "上报"],
            [8, "医疗器械园", "门口积水", "√", "√", "√", None, "现场解决"],
        ],
        merged="A1:H1 A2:A3 B2:B3 C2:C3 D2:F2 G2:G3 H2:H3",
    )
    return [draft.save()]


def verified(folder: Path) -> list[Path]:
    """是否办结 beside 是否销号; a closure without any verification is flagged."""
    draft = Draft(folder, "销号.xlsx")
    draft.sheet(
        "整改",
        [
            ["2021年智能装备产业链问题整改销号台账"],
            [
                "序号",
                "企业名称",
                "具体问题表述",
                "责任部门",
                "交办时间",
                "整改时限",
                "是否办结",
                "办结时间",
                "是否销号",
            ],
            [1, "北岭重机", "变电容量不足", "市供电公司", "2021-03-01", "2021-06-30", "是", "2021-05-10", "是"],
            [2, "北岭铸锻", "除尘补贴未到", "市财政局", "2021-03-01", "2021-06-30", "否", None, "否"],
            [3, "北岭数控", "产权证未办", "市自规局", "2021-03-01", "2021-06-30", "是", "2021-07-15", None],
        ],
    )
    return [draft.save()]


def batches(folder: Path) -> list[Path]:
    """Two batches under one another in one sheet, each with its own title, date and headings; numbering restarts."""
    draft = Draft(folder, "分批交办.xlsx")
    head = ["序号", "诉求企业", "问题内容", "承办单位", "时限要求", "办理情况"]
    draft.sheet(
        "交办",
        [
            ["第一批交办问题（2021年3月1日）"],
            head,
            [1, "云锦纺织", "印染指标", "市生态环境局", "2021年6月30日", None],
            [2, "织女服装", "电商培训", "市商务局", "2021年4月30日", None],
            [],
            [],
            ["第二批交办问题（2021年6月1日）"],
            head,
            [1, "飞梭棉业", "棉花配额", "市发改委", "2021年12月31日", None],
            [2, "云锦纺织", "宿舍楼手续", "市住建局", "立行立改", None],
            ["填表人：  审核人：  填报日期："],
        ],
        merged="A1:F1 A7:F7",
    )
    return [draft.save()]


def undated(folder: Path) -> list[Path]:
    """No hand-over date in row, title or meeting: asked."""
    draft = Draft(folder, "无日期.xlsx")
    draft.sheet(
        "清单",
        [
            ["食品加工产业链问题交办清单"],
            ["序号", "企业名称", "存在问题", "牵头单位", "办结时限"],
            [1, "稻香米业", "仓容不足", "市粮食局", "2021-12-31"],
        ],
    )
    return [draft.save()]


def yearless(folder: Path) -> list[Path]:
    """The hand-over day has no year and nothing tells it."""
    draft = Draft(folder, "2021年的表.xlsx")
    draft.sheet(
        "清单",
        [
            ["钢铁新材料产业链问题交办清单"],
            ["序号", "企业名称", "存在问题", "牵头单位", "交办时间", "办结时限"],
            [1, "衡湖特钢", "铁路专用线", "市交通局", "3月5日", "9月底前"],
        ],
    )
    return [draft.save()]


def four_heading_rows(folder: Path) -> list[Path]:
    """Four heading rows, name and phone in one cell, a secrecy mark above, notes below."""
    draft = Draft(folder, "四层表头.xlsx")
    draft.sheet(
        "问题",
        [
            ["机密★1年"],
            ["绿色建材产业链重点问题清单"],
            ["交办日期：2021年2月8日"],
            ["序号", "企业及问题", None, None, "办理要求", None, None, "办理结果"],
            [None, "企业", "问题", None, "责任", None, "时间", None],
            [None, None, "类别", "内容", "单位", "人员", None, None],
            [None, None, None, "具体问题", "牵头单位", "责任人及联系电话", "办结时限", "是否办结"],
            [1, "绿建科技", "用地", "林地未批", "市林业局", "王五13912345678", "2021.08.31", "否"],
            [2, "石料公司", "环保", "扬尘监测误报", "市生态环境局", "赵六 0796-8221234", "2021.05.31", "否"],
            ["说明：1.本表一式两份。"],
            ["2.由办公室负责解释。"],
        ],
        merged="A1:H1 A2:H2 A3:H3 A4:A7 B4:D4 E4:G4 H4:H6 B5:B7 C5:D5 E5:F5 G5:G6 C6:C7",
    )
    return [draft.save()]


def offices_pool(folder: Path) -> list[Path]:
    """No unit and no verdict: waiting. 合计 at the end counts problems and is none."""
    draft = Draft(folder, "收集.xlsx")
    draft.sheet(
        "收集",
        [
            ["文旅装备产业链企业诉求收集表（2021年7月）"],
            ["序号", "提出企业", "问题类别", "困难和问题", "具体诉求", "联系人及电话"],
            [1, "乐园游艺", "融资", "流动资金缺口约500万元", "协调续贷", "张三13800138000"],
            [2, "缆车机械", "用工", "焊工短缺", "组织招聘", "李四 139-0013-9000"],
            ["合计", None, None, "2个", None, None],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "handed over, at its cut-off",
        handed_over,
        as_of="2021-09-30",
        figures={
            "problems.collected": 6,
            "problems.screened_in": 6,
            "problems.assigned": 6,
            "problems.closed": 1,
            "problems.reported": 1,
            "problems.open": 3,
            "problems.parked": 1,
            "problems.overdue": 2,
            "problems.to_assign": 0,
            "enterprises.total": 0,
        },
        counts={"交办清单": ("problems", 6, 0, 0, 0)},
        warned=((3, "主办单位"), (8, "2021-09-30"), (0, "未记载"), (4, "名册")),
        values={
            ("交办清单", 4): {"deadline": "2021-06-30", "state": "doing", "assigned_day": "2021-04-12"},
            ("交办清单", 5): {"enterprise": "明窑陶瓷", "state": "partial"},
            ("交办清单", 7): {"state": "returned", "deadline": "2021-05-31"},
            ("交办清单", 8): {"state": "closed", "closed_day": "2021-09-30", "closed_verified": True},
            ("交办清单", 9): {"deadline": "2021-10-31", "state": "reported"},
        },
    ),
    Case(
        "handed over, a month after",
        handed_over,
        as_of="2021-05-15",
        figures={
            "problems.assigned": 6,
            "problems.closed": 0,
            "problems.overdue": 0,
        },
    ),
    Case(
        "screened by three criteria",
        screened,
        as_of="2021-03-31",
        figures={
            "problems.collected": 8,
            "problems.screened_in": 4,
            "problems.assigned": 1,
            "problems.open": 1,
            "problems.to_assign": 1,
            "problems.solved_on_site": 1,
            "problems.escalated": 1,
            "problems.rejected": 2,
            "problems.pooled": 1,
            "problems.waiting": 1,
            "problems.overdue": 0,
        },
        counts={"筛选表": ("problems", 8, 0, 0, 0)},
    ),
    Case(
        "verified and not",
        verified,
        as_of="2021-07-31",
        figures={
            "problems.assigned": 3,
            "problems.closed": 2,
            "problems.open": 1,
            "problems.overdue": 1,
        },
        warned=((5, "未见核实"),),
        values={
            ("整改", 3): {"closed_verified": True, "closed_day": "2021-05-10"},
            ("整改", 5): {"state": "closed", "closed_verified": False},
        },
    ),
    Case(
        "verified and not, in June",
        verified,
        as_of="2021-06-30",
        figures={"problems.assigned": 3, "problems.closed": 1, "problems.open": 2, "problems.overdue": 0},
    ),
    Case(
        "first batch only",
        batches,
        as_of="2021-05-31",
        figures={"problems.assigned": 2, "problems.open": 2, "problems.overdue": 1},
        counts={"交办": ("problems", 4, 0, 0, 0)},
    ),
    Case(
        "both batches",
        batches,
        as_of="2021-07-01",
        figures={"problems.assigned": 4, "problems.open": 4, "problems.overdue": 2},
        values={("交办", 9): {"assigned_day": "2021-06-01"}, ("交办", 3): {"assigned_day": "2021-03-01"}},
    ),
    Case(
        "no hand-over date: asked",
        undated,
        as_of="2021-12-31",
        asked=("交办",),
        code=1,
        refused=((3, "交办"),),
    ),
    Case(
        "no hand-over date: answered",
        undated,
        as_of="2021-12-31",
        asked=("交办",),
        answers={"交办": "2021-08-01"},
        figures={"problems.assigned": 1, "problems.open": 1, "problems.overdue": 0},
        values={("清单", 3): {"assigned_day": "2021-08-01"}},
    ),
    Case("no year: asked, not taken from the file's name", yearless, asked=("年",), code=1, refused=((3, "年"),)),
    Case(
        "no year: answered",
        yearless,
        as_of="2021-09-30",
        asked=("年",),
        answers={"交办时间": "2021"},
        figures={"problems.assigned": 1, "problems.overdue": 0},
        values={("清单", 3): {"assigned_day": "2021-03-05", "deadline": "2021-09-30"}},
    ),
    Case(
        "four heading rows",
        four_heading_rows,
        as_of="2021-06-30",
        figures={"problems.assigned": 2, "problems.open": 2, "problems.overdue": 1},
        counts={"问题": ("problems", 2, 0, 0, 0)},
        warned=((0, "密"),),
        values={
            ("问题", 8): {
                "text": "林地未批",
                "category": "用地",
                "assigned_day": "2021-02-08",
                "deadline": "2021-08-31",
            },
        },
    ),
    Case(
        "collected only",
        offices_pool,
        as_of="2021-12-31",
        figures={"problems.collected": 2, "problems.waiting": 2, "problems.screened_in": 0, "problems.assigned": 0},
        counts={"收集": ("problems", 2, 0, 0, 0)},
    ),
)
