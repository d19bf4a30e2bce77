"""A pack of the seed office, written out: what services would hand over."""

from collections.abc import Callable
from datetime import date

from matplotlib.figure import Figure

from chain_office.charts.catalogue import chart
from chain_office.reports.content import Chart, Column, Lead, PackContent, Section, Table
from tests.charts.sample_results import PROBLEMS, RESULTS


def _factory(chart_id: str) -> Callable[[float, float], Figure]:
    return lambda width, height: chart(chart_id).draw(RESULTS[chart_id], width, height, titled=False)


def _chart(chart_id: str) -> Chart:
    kind = chart(chart_id)
    return Chart(kind.title, _factory(chart_id), kind.height(RESULTS[chart_id]) * 25.4)


_AS_OF = "截至2021年11月19日"
_PROJECTS = tuple(
    (
        str(number),
        f"年产{number}万吨高性能铜合金板带材项目",
        f"衡阳{name}新材料有限公司",
        stage,
        f"{number * 1.35:.2f}",
        light,
    )
    for number, (name, stage, light) in enumerate(
        [
            (name, stage, light)
            for stage, count in (("竣工", 5), ("在建", 26), ("拟开工", 8))
            for name, light in [
                ("甲乙丙丁戊己庚辛壬癸"[i % 10] + "元", "正常" if i % 7 else "滞后") for i in range(count)
            ]
        ],
        start=1,
    )
)
_PROBLEM_ROWS = tuple(
    (
        unit.unit, str(unit.assigned), str(unit.closed), str(unit.reported), str(unit.open), str(unit.parked),
        str(unit.overdue), f"{unit.closed * 100 / unit.assigned:.1f}%",
    )
    for unit in PROBLEMS.units
)  # fmt: skip

PACK = PackContent(
    masthead="有色金属产业链调度会材料",
    office="衡阳市有色金属及新型合金产业链推进办公室",
    issued=date(2021, 11, 22),
    as_of=date(2021, 11, 19),
    issue="第3期",
    title="有色金属及新型合金产业链\n推进工作情况汇报",
    recipients="市领导、各有关单位",
    opening=(
        "今年以来，产业链推进办公室围绕“走访全覆盖、问题清单化、银企常态化、项目节点化”，"
        "扎实推进有色金属及新型合金产业链各项工作。现将截至2021年11月19日的情况汇报如下。",
    ),
    sections=(
        Section(
            "总体运行",
            (
                "全链规模以上企业69家。2021年1—9月累计实现产值235.0亿元，同口径增长34.5%，"
                "比上年同期（174.72亿元）净增60.28亿元；名义增长27.6%，两者之差来自新入统和退出企业。",
                "分月看，9月当月产值30.9亿元，同口径增长33.6%，增速比8月加快2.3个百分点。",
            ),
            charts=(_chart("output-monthly"),),
        ),
        Section(
            "企业走访",
            ("2020年10月以来，走访企业69家，覆盖率100%；共收集生产经营、融资、用工、用地等方面问题线索126条。",),
        ),
        Section(
            "问题办理",
            (
                Lead(
                    "（一）筛选交办。",
                    "按照“企业很急需、条件又具备、政府办得到”三项标准，筛选交办问题57个，涉及16个牵头单位。",
                ),
                Lead(
                    "（二）办理进度。",
                    "已销号44个，销号率77.2%；已报结待核实3个，办理中8个，长期推进2个；逾期4个，"
                    "分别由市自然资源和规划局、市生态环境局、国网衡阳供电公司、常宁市政府牵头，请在11月30日前报送整改情况。",
                ),
            ),
        ),
        Section(
            "银企对接",
            (
                "与农发行、建设银行、工商银行、衡阳农商行4家银行对接企业12家、园区2个，累计授信8.60亿元、放款7.38亿元。"
                "意向、授信、放款为同一资金的不同阶段，不相加。",
            ),
            charts=(_chart("finance-ladder"),),
        ),
        Section(
            "项目建设",
            (
                "全链项目39个，其中竣工5个、在建26个、拟开工8个，总投资174.72亿元。在建项目中，进度正常22个，滞后4个。"
                "下一步，对滞后项目逐个会商、逐个销号，确保年度投资计划如期完成。",
            ),
        ),
        Section(
            "各牵头单位问题办理情况",
            tables=(
                Table(
                    "各牵头单位问题办理情况",
                    (
                        Column("牵头单位", 22), Column("交办", 7, "right"), Column("已销号", 8, "right"),
                        Column("已报结", 8, "right"), Column("办理中", 8, "right"), Column("长期推进", 8, "right"),
                        Column("其中逾期", 8, "right"), Column("销号率", 9, "right"),
                    ),
                    (*_PROBLEM_ROWS, ("合计", "57", "44", "3", "8", "2", "4", "77.2%")),
                    unit="个",
                    strong=frozenset({16}),
                    notes=(
                        "口径：按牵头单位统计，配合单位不重复计数；逾期按报结日期或截止日期判断。",
                        f"数据{_AS_OF}。",
                    ),
                ),
            ),
            charts=(_chart("problems-by-unit"),),
            annex=True,
        ),
        Section(
            "重点项目情况",
            tables=(
                Table(
                    "重点项目情况",
                    (
                        Column("序号", 5, "center"), Column("项目名称", 26), Column("业主单位", 18),
                        Column("阶段", 8, "center"), Column("总投资", 9, "right"), Column("进度", 7, "center"),
                    ),
                    _PROJECTS,
                    unit="亿元",
                    notes=(f"口径：竣工为本年内竣工；数据{_AS_OF}。",),
                ),
            ),
            charts=(_chart("pipeline"), _chart("growth-bridge")),
            annex=True,
        ),
    ),
    sample=True,
)  # fmt: skip
