# ruff: noqa: E501
"""Papers as the problem desk writes them, for tests: a letter, a list across, a form."""

from datetime import date

from chain_office.reports.content import Column, Heading, Lead, Table
from chain_office.reports.papers import Cell, Grid, Paper, Sheet, SheetColumn

ISSUED = date(2020, 11, 3)
OFFICE = "有色金属产业链推进办公室"
CODE = "WT0012-3"

LETTER = Paper(
    name="市发改委_交办函_有色交〔2020〕3号",
    title="关于交办有色金属产业链企业走访问题的函",
    masthead="有色金属产业链推进办公室",
    number="有色交〔2020〕3号",
    recipients="市发展和改革委员会",
    parts=(
        "2020年10月，我办对全市69家规模以上有色金属企业逐一走访，收集企业反映的困难和问题，按照“企业很急需、条件又具备、政府办得到”"
        "的原则筛选，并于2020年11月2日召开问题交办会。现将涉及你单位的5个问题（牵头4个、配合1个）交办给你们，请认真办理。",
        Heading("一、办理要求", 1),
        Lead("（一）按时签收。", "请于收到本函之日起1个工作日内填写签收表；对交办有异议的，应在1个工作日内书面提出。"),
        Lead("（二）按期办结。", "一般问题应在15个工作日内办结，复杂问题应在30个工作日内办结。确需延期的，应在时限届满1个工作日前"
             "提出申请，说明原因和拟办结时间。"),
        Lead("（三）据实反馈。", "请逐项填写《问题办理情况反馈表》，写明办理情况、未办结原因和下一步措施，由单位负责人签字并加盖公章。"),
        Heading("二、核实销号", 1),
        "报结后，我办将会同企业核实：问题有没有解决、诉求有没有答复、部门有没有主动对接、企业满不满意。核实通过的予以销号，30天内回头看；"
        "未通过的退回重办，并计入轮次。",
    ),
    office=OFFICE,
    issued=ISSUED,
    signed=True,
    copies="市人民政府办公室，市优化营商环境办公室，各县市区产业链推进办公室，水口山经济开发区管理委员会。",
    annexes=("问题交办清单", "问题办理情况反馈表"),
    sample=True,
    code=CODE,
)  # fmt: skip

FULL_PAGE = Paper(
    name="满页", title="满页", parts=("产业链办走访企业问题交办" * 200,), office=OFFICE, issued=ISSUED,
    masthead="有色金属产业链推进办公室", number="有色交〔2020〕4号", signed=True,
)  # fmt: skip

_PROBLEMS = (
    ("某某铜业有限公司", "常宁市", "用电用能", "二期10千伏专线迟迟未接入，影响年产3万吨阴极铜项目投产。", "协调供电公司11月底前接入。",
     "市发改委", "市供电公司", "张三　0734-1234567", "2020-11-24"),
    ("某某锌业股份有限公司", "衡东县", "融资", "流动资金紧张，银行抽贷5000万元，供应商货款拖欠。", "协调续贷。", "市金融办",
     "某银行", "李四", "2020-11-24"),
    ("㙍䶮新材料有限公司", "松木经开区", "办证历史遗留", "厂房因历史原因未办不动产权证，无法抵押融资；已多次向有关部门反映，至今没有明确答复。",
     "办理不动产权证。", "市自然资源和规划局", "松木经开区管委会、市住建局", "𬭎𫖮", "2020-12-15"),
)  # fmt: skip
LIST = Paper(
    name="交办清单", title="有色金属产业链企业问题交办清单", wide=True, office=OFFICE, issued=ISSUED, sample=True, code=CODE,
    note="数据截至2020年11月3日", number="有色交〔2020〕3号", recipients="市发展和改革委员会",
    parts=(
        Table(
            heading="", unit="",
            columns=(
                Column("序号", 4, "center"), Column("企业名称", 14), Column("县市区", 6, "center"),
                Column("问题类别", 6, "center"), Column("存在问题", 26), Column("企业诉求", 16), Column("牵头单位", 9),
                Column("配合单位", 10), Column("责任人", 8), Column("办结时限", 10, "center"),
            ),
            rows=(
                ("一、市发改委牵头（30个）", *[""] * 9),
                *((str(number + 1), *_PROBLEMS[number % 3]) for number in range(30)),
                ("合计", "30个", *[""] * 8),
            ),
            groups=frozenset({0}), strong=frozenset({31}),
            notes=("牵头、配合均列入本清单，总数只计一次。", "办结时限按国务院办公厅公布的工作日计算，交办当日不计。"),
        ),
    ),
)  # fmt: skip


def feedback_grid(code: str = CODE, number: int = 1, *, own_page: bool = False) -> Grid:
    """One problem of a 反馈表."""
    return Grid(
        columns=(3, 5, 3, 5),
        heading=f"问题{number}",
        own_page=own_page,
        rows=(
            (Cell("回执号", head=True), Cell(code, key=f"code@{code}"), Cell("记录号", head=True), Cell("WT0012", key=f"record_no@{code}")),
            (Cell("企业", head=True), Cell("㙍䶮新材料有限公司", across=3)),
            (Cell("问题", head=True), Cell("厂房因历史原因未办不动产权证，无法抵押融资；已多次向有关部门反映，至今没有明确答复。", across=3, lines=2)),
            (Cell("牵头/配合", head=True), Cell("牵头"), Cell("原时限", head=True), Cell("2020年11月24日")),
            (Cell("以下由承办单位填写", head=True, across=4),),
            (Cell("是否签收", head=True), Cell("", key=f"received@{code}"), Cell("签收人", head=True), Cell("", key=f"received_by@{code}")),
            (Cell("办理状态", head=True), Cell("办理中", across=3, key=f"status@{code}")),
            (Cell("办理情况", head=True), Cell("", across=3, lines=6, key=f"done@{code}")),
            (Cell("未办结原因", head=True), Cell("", across=3, lines=4, key=f"reason@{code}")),
            (Cell("下一步措施", head=True), Cell("", across=3, lines=4, key=f"next_step@{code}")),
            (Cell("预计办结时间（申请延期至）", head=True), Cell("", across=3, key=f"due_day@{code}")),
        ),
        notes=("办理状态从“办理中、部分解决、已办结（申请销号）、申请延期、申请退回、长期推进建议”中选填。", "申请延期的，须写明原因和延至何日。"),
    )  # fmt: skip


FORM = Paper(
    name="反馈表", title="问题办理情况反馈表", office=OFFICE, issued=ISSUED, recipients="承办单位：市自然资源和规划局",
    number="有色交〔2020〕3号", sample=True, code=CODE, parts=(feedback_grid(), feedback_grid("WT0013-1", 2)),
)  # fmt: skip

SHEET = Sheet(
    name="反馈表", title="问题办理情况反馈表", office=OFFICE, issued=ISSUED, code=CODE, sample=True,
    instructions="请在白色格内填写，灰色格由链办填写、请勿改动；每个问题一行，填好后发回链办。",
    columns=(
        SheetColumn("code", "回执号", 6, locked=True), SheetColumn("enterprise", "企业", 10, locked=True),
        SheetColumn("problem", "问题", 16, locked=True), SheetColumn("deadline", "原时限", 6, "date", locked=True),
        SheetColumn("status", "办理状态", 8, "choice", ("办理中", "部分解决", "已办结（申请销号）")),
        SheetColumn("done", "办理情况", 20), SheetColumn("due_day", "预计办结时间（申请延期至）", 8, "date"),
        SheetColumn("phone", "联系电话", 8),
    ),
    rows=(
        ("WT0012-3", "㙍䶮新材料有限公司", "厂房未办不动产权证，无法抵押融资。", "2020-11-24", "", "", "", ""),
        ("WT0013-1", "=HYPERLINK(\"http://x\")", "+专线未接入", "2020-12-15", "办理中", "已\n协调", "2020-12-20", "007"),
    ),
)  # fmt: skip
