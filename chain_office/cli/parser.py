"""The command line: every command with its options, told in Chinese."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chain_office import __version__
from chain_office.cli import books, keeping, papers, telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Add(Protocol):
        """Adds a command."""

        def __call__(
            self, name: str, run: Callable[[argparse.Namespace], int], text: str, *, needs_ledger: bool = True
        ) -> argparse.ArgumentParser: ...


PAPERS = (
    "交办会", "单件交办", "催办", "督办通报", "销号单", "走访表", "走访日报", "走访前一页纸", "走访记录",
    "企业简况", "落实情况表", "月调度表", "工作交接",
)  # fmt: skip
"""Kinds of papers, repeated here because help is shown without loading what makes them; a test holds them together."""

MEETINGS = "哪一次交办会或对接会（默认最近一次）；走访日报、走访记录为走访活动，月调度表为月份，工作交接为姓名"


class _Chinese(argparse.HelpFormatter):
    """argparse's own few words, in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """ "usage:" → "用法："."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a command line; exit code 2."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("formatter_class", _Chinese)
        kwargs.setdefault("add_help", False)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> None:  # type: ignore[override]
        """Print the usage and leave with 2."""
        self.print_usage(sys.stderr)
        for english, chinese in _ERRORS:
            message = message.replace(english, chinese)
        self.exit(2, f"命令写得不对：{message.rstrip('。')}。\n")


_ERRORS = (
    ("the following arguments are required:", "缺少"),
    ("unrecognized arguments:", "不认识"),
    ("invalid choice:", "没有这个选择："),
    ("(choose from", "(可选"),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("ignored explicit argument", "后面不跟值，不认识"),
    ("invalid int value:", "应为整数，不是"),
    ("argument ", ""),
)


def build_parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    parser = _Parser(prog="main.py", description="产业链办：产业链推进办公室的台账、数字和材料。")
    parser.add_argument("--version", action="version", version=f"产业链办 {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=_Parser)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str, *, needs_ledger: bool = True
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        count = None if needs_ledger else "?"
        one.add_argument("ledger", metavar="台账", type=Path, nargs=count, help="台账文件(.ledger)")
        one.set_defaults(run=run)
        return one

    _take_in(add)
    _tell(add)
    _make(add)
    _keep(add)
    return parser


def _take_in(add: Add) -> None:
    """Commands that take something in or write the ledger as a workbook."""
    add("sample", books.sample, "导入 resources/sample 里的工作簿，做成示例台账")
    one = add("import", books.import_books, "把工作簿导入台账（没有台账时新建）")
    one.add_argument("books", metavar="工作簿", type=Path, nargs="+", help="要导入的 .xlsx/.xls/.csv 文件")
    one.add_argument("--plan", action="store_true", help="只看会发生什么，什么也不写")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one.add_argument("--rows", action="store_true", help="连同每一行的结论和值")
    one.add_argument("--answers", metavar="文件", type=Path, help="回答问题的 JSON 文件：{问题编号: 回答}")
    one = add("export", books.export, "导出为工作簿；再导入不会有任何变化")
    one.add_argument("book", metavar="工作簿", type=Path, help="要写的 .xlsx 文件")
    one.add_argument("--phones", action="store_true", help="电话不打码")
    one = add("read-forms", papers.read_forms, "读取各单位填好交回的反馈表，登记为办理步骤")
    one.add_argument("forms", metavar="反馈表", type=Path, nargs="+", help="填好的 .docx/.xlsx/.xls/.et 等文件")
    one.add_argument("--plan", action="store_true", help="只看会发生什么，什么也不写")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("undo-import", books.undo_import, "整批撤销一次导入（默认最近一次）")
    one.add_argument("number", metavar="导入编号", type=int, nargs="?", help="导入时显示的编号")


def _tell(add: Add) -> None:
    """Commands that tell figures and lists."""
    one = add("figures", telling.figures, "主要数字")
    _as_of(one)
    one.add_argument("--explain", metavar="数字编号", help="讲清一个数字：公式、截止日、由哪些行得来")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("problems", telling.problems, "问题：数字、比率，和每个问题的状态与亮灯原因")
    _as_of(one)
    one.add_argument(
        "--by",
        choices=["unit", "state", "enterprise"],
        metavar="口径",
        help="按单位 unit、状态 state 或企业 enterprise 汇总",
    )
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("output", telling.output, "产值：本期、同期、同口径和名义增速、贡献、拉动，和两种增速相差的原因")
    _as_of(one)
    one.add_argument(
        "--by",
        choices=["segment", "district", "park", "enterprise"],
        metavar="口径",
        help="按环节 segment、县市区 district、园区 park 或企业 enterprise 分组",
    )
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("finance", telling.finance, "银企：需求、意向、授信、放款，按银行和融资主体")
    _as_of(one)
    one.add_argument("--event", metavar="名称", default="", help="只看哪一次对接会（默认全部）")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("lists", papers.lists, "把五单一图谱写到一个文件夹")
    one.add_argument("out", metavar="文件夹", type=Path, help="放清单的文件夹，没有就新建")
    _as_of(one)
    one = add("agenda", papers.agenda, "把到期事项写成日历文件(.ics)，手机、电脑的日历能读入")
    one.add_argument("out", metavar="文件", type=Path, help="要写的 .ics 文件")
    one.add_argument("--from", dest="first", metavar="日期", type=_day, help="从哪天起（默认连同已逾期的）")
    one.add_argument("--to", dest="last", metavar="日期", type=_day, help="到哪天止（默认一年内）")
    one.add_argument("--who", metavar="姓名", default="", help="只要哪个人或单位的（默认全部）")
    _as_of(one)
    add("check", telling.check, "检查文件是否完好、数字是否对得上")


def _make(add: Add) -> None:
    """Commands that make papers and charts."""
    one = add("pack", papers.pack, "生成材料(PDF)")
    one.add_argument("out", metavar="PDF", type=Path, help="要写的 .pdf 文件")
    _as_of(one)
    one.add_argument("--kind", default="调度会", choices=["调度会"], metavar="种类", help="材料种类，现有：调度会")
    _papers_options(add("papers", papers.papers, "生成发给单位的材料：交办会、催办、督办通报、走访表等"))
    one = add("chart", papers.chart, "画一张图表(.png、.svg 或 .pdf)", needs_ledger=False)
    one.set_defaults(misused=one.error)
    one.add_argument("chart", metavar="图表", nargs="?", help="图表编号，见 --list")
    one.add_argument("out", metavar="文件", type=Path, nargs="?", help="要写的 .png、.svg 或 .pdf 文件")
    one.add_argument("--list", action="store_true", help="列出图表，一行一个，编号在前")
    _as_of(one)


def _keep(add: Add) -> None:
    """Commands that keep copies."""
    one = add("backup", keeping.backup, "备份台账")
    one.add_argument("folder", metavar="文件夹", type=Path, nargs="?", help="放备份的文件夹（默认在台账旁边）")
    one = add("restore", keeping.restore, "用备份恢复台账；原台账另存一份")
    one.add_argument("backup", metavar="备份", type=Path, help="备份文件")


def _papers_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", metavar="文件夹", type=Path, help="放材料的文件夹，没有就新建")
    parser.add_argument("--of", required=True, choices=PAPERS, metavar="种类", help=f"材料种类：{'、'.join(PAPERS)}")
    parser.add_argument(
        "--meeting",
        metavar="名称",
        help="哪一次交办会或对接会（默认最近一次）；走访日报、走访记录为走访活动，月调度表为月份，工作交接为人员姓名",
    )
    parser.add_argument("--from", dest="first", metavar="日期", type=_day, help="销号单从哪天起（默认当月1日）")
    parser.add_argument("--lists", action="store_true", help="督办通报附红黑榜")
    parser.add_argument("--rounded", action="store_true", help="落实情况表的总额写成“7亿余元”")
    _as_of(parser)


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", metavar="日期", type=_day, help="截止日期，如 2021-11-19（默认取台账设置，没有则取今天）"
    )


def _day(text: str) -> str:
    """A date as typed, refused as misuse if it cannot be read."""
    from chain_office.domain.days import DAY
    from chain_office.domain.kinds import BadValue

    try:
        DAY.parse(text)
    except BadValue as error:
        raise argparse.ArgumentTypeError(f"{error.reason}，请写成 2021-11-19 这样") from error
    return text
