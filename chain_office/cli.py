"""The headless commands. They call the same services as the window; `--help` speaks Chinese.

Exit codes: 0 done, 1 refused (the reason is on standard error), 2 misused.
"""

from __future__ import annotations

import argparse
import codecs
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chain_office import __version__, files, mishaps
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.services.importing.plan import ImportPlan

Command = "Callable[[argparse.Namespace], int]"


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


def _as_it_was(error: UnicodeError) -> tuple[str | bytes, int]:
    """A file name that came in as bytes of no text goes out as the same bytes; any other half character as \\uXXXX."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.lookup_error("backslashreplace")(error)


codecs.register_error("chain_office.as_it_was", _as_it_was)


def say(text: str) -> None:
    """One line to the person."""
    sys.stdout.write(f"{text}\n")


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

    add("sample", _sample, "导入 resources/sample 里的工作簿，做成示例台账")
    one = add("import", _import, "把工作簿导入台账（没有台账时新建）")
    one.add_argument("books", metavar="工作簿", type=Path, nargs="+", help="要导入的 .xlsx/.xls/.csv 文件")
    one.add_argument("--plan", action="store_true", help="只看会发生什么，什么也不写")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one.add_argument("--rows", action="store_true", help="连同每一行的结论和值")
    one.add_argument("--answers", metavar="文件", type=Path, help="回答问题的 JSON 文件：{问题编号: 回答}")
    one = add("export", _export, "导出为工作簿；再导入不会有任何变化")
    one.add_argument("book", metavar="工作簿", type=Path, help="要写的 .xlsx 文件")
    one.add_argument("--phones", action="store_true", help="电话不打码")
    one = add("figures", _figures, "主要数字")
    _as_of(one)
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("problems", _problems, "问题：数字、比率，和每个问题的状态与亮灯原因")
    _as_of(one)
    one.add_argument(
        "--by",
        choices=["unit", "state", "enterprise"],
        metavar="口径",
        help="按单位 unit、状态 state 或企业 enterprise 汇总",
    )
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("pack", _pack, "生成材料(PDF)")
    one.add_argument("out", metavar="PDF", type=Path, help="要写的 .pdf 文件")
    _as_of(one)
    one.add_argument("--kind", default="调度会", choices=["调度会"], metavar="种类", help="材料种类，现有：调度会")
    _papers_options(add("papers", _papers, "生成发给单位的材料：交办会、催办、督办通报、走访表等"))
    one = add("chart", _chart, "画一张图表(.png、.svg 或 .pdf)", needs_ledger=False)
    one.set_defaults(misused=one.error)
    one.add_argument("chart", metavar="图表", nargs="?", help="图表编号，见 --list")
    one.add_argument("out", metavar="文件", type=Path, nargs="?", help="要写的 .png、.svg 或 .pdf 文件")
    one.add_argument("--list", action="store_true", help="列出图表，一行一个，编号在前")
    _as_of(one)
    add("check", _check, "检查文件是否完好、数字是否对得上")
    one = add("backup", _backup, "备份台账")
    one.add_argument("folder", metavar="文件夹", type=Path, nargs="?", help="放备份的文件夹（默认在台账旁边）")
    one = add("restore", _restore, "用备份恢复台账；原台账另存一份")
    one.add_argument("backup", metavar="备份", type=Path, help="备份文件")
    one = add("read-forms", _read_forms, "读取各单位填好交回的反馈表，登记为办理步骤")
    one.add_argument("forms", metavar="反馈表", type=Path, nargs="+", help="填好的 .docx/.xlsx/.xls/.et 等文件")
    one.add_argument("--plan", action="store_true", help="只看会发生什么，什么也不写")
    one.add_argument("--json", action="store_true", help="用 JSON 输出")
    one = add("undo-import", _undo_import, "整批撤销一次导入（默认最近一次）")
    one.add_argument("number", metavar="导入编号", type=int, nargs="?", help="导入时显示的编号")
    return parser


def _papers_options(parser: argparse.ArgumentParser) -> None:
    kinds = ["交办会", "单件交办", "催办", "督办通报", "销号单", "走访表", "走访日报"]
    parser.add_argument("out", metavar="文件夹", type=Path, help="放材料的文件夹，没有就新建")
    parser.add_argument("--of", required=True, choices=kinds, metavar="种类", help=f"材料种类：{'、'.join(kinds)}")
    parser.add_argument("--meeting", metavar="名称", help="哪一次交办会（默认最近一次）；走访日报则为走访活动")
    parser.add_argument("--from", dest="first", metavar="日期", type=_day, help="销号单从哪天起（默认当月1日）")
    parser.add_argument("--lists", action="store_true", help="督办通报附红黑榜")
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open while the process lives
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="chain_office.as_it_was")
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
    except KnownError as error:
        sys.stderr.write(f"{error.message}\n")
    except KeyboardInterrupt:
        sys.stderr.write("已取消，台账没有改动。\n")
    except BrokenPipeError:
        _stop_writing()
    except OSError as error:
        _stop_writing()
        where = f"“{error.filename}”" if error.filename else "输出"
        sys.stderr.write(f"{where}读写失败（{files.reason(error)}），没有做完；请检查磁盘空间和权限后再试。\n")
    except Exception as error:
        sys.stderr.write(f"{mishaps.tell(error)}\n")
    else:
        return code
    return 1


def _stop_writing() -> None:
    """Whoever read the output has gone (`| head`), or its disk is full: the interpreter does not try again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sample(options: argparse.Namespace) -> int:
    from chain_office.services.sampling import make_sample

    plan = make_sample(options.ledger)
    _summarise(plan)
    say(f"示例台账已建好：{options.ledger}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from chain_office.services.importing import command

    outcome = command.run(options.ledger, options.books, answers_file=options.answers, plan_only=options.plan)
    if options.json:
        say(json.dumps(command.as_json(outcome.plan, rows=options.rows), ensure_ascii=False, indent=1))
    else:
        _summarise(outcome.plan, rows=options.rows)
        if options.plan:
            say("以上只是预览，什么也没有写。")
        elif outcome.write_no is not None:
            say(f"已写入，导入编号 {outcome.write_no}（撤销：undo-import 台账 {outcome.write_no}）。")
        else:
            say("没有需要写入的变化。")
    return 0 if outcome.plan.accepts_anything else 1


def _summarise(plan: ImportPlan, *, rows: bool = False) -> None:
    from chain_office.services.importing import command

    for line in command.as_lines(plan, rows=rows):
        say(line)


def _check_output(path: Path, suffix: str) -> None:
    """An output under a strange name may be a slip of the hand, at worst the ledger's own."""
    if path.suffix.lower() != suffix:
        raise KnownError(f"输出文件“{path.name}”应以 {suffix} 结尾，没有写出；请改好文件名再试。")


def _export(options: argparse.Namespace) -> int:
    from chain_office.services.exporting import export_ledger
    from chain_office.services.ledgers import open_existing

    _check_output(options.book, ".xlsx")
    with open_existing(options.ledger, read_only=True) as ledger:
        sheets = export_ledger(ledger, options.book, phones=options.phones)
    say(f"已导出 {sheets} 个表到 {options.book}" + ("" if options.phones else "（电话已打码，要原号码请加 --phones）"))
    return 0


def _figures(options: argparse.Namespace) -> int:
    from chain_office.services import figures
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        headline = figures.headline(ledger, cut_off(ledger, options.as_of))
        sample = is_sample(ledger)
    if options.json:
        say(json.dumps(figures.flat(headline), ensure_ascii=False, indent=1))
        return 0
    say(f"截止 {headline.as_of.isoformat()}" + ("  示例数据" if sample else ""))
    for figure in headline.figures:
        say(f"{figure.label}  {figures.shown(figure)}")
    for note in headline.notes:
        say(f"说明：{note}")
    return 0


def _problems(options: argparse.Namespace) -> int:
    from chain_office.services import problem_reports
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        day, by, sample = cut_off(ledger, options.as_of), options.by or "", is_sample(ledger)
        if options.json:
            say(json.dumps(problem_reports.as_json(ledger, day, by), ensure_ascii=False, indent=1))
            return 0
        lines = problem_reports.as_lines(ledger, day, by)
    say(f"截止 {day.isoformat()}" + ("  示例数据" if sample else ""))
    for line in lines:
        say(line)
    return 0


def _pack(options: argparse.Namespace) -> int:
    from chain_office.services.ledgers import cut_off, open_existing
    from chain_office.services.packs import print_pack

    _check_output(options.out, ".pdf")
    with open_existing(options.ledger, read_only=True) as ledger:
        printed = print_pack(ledger, cut_off(ledger, options.as_of), kind=options.kind)
    files.write_bytes(options.out, printed.data)
    say(f"材料已写出：{options.out}")
    if printed.missing:
        say(f"注意：字库里没有“{''.join(printed.missing)}”，材料里以〓代替，请核对。")
    return 0


def _papers(options: argparse.Namespace) -> int:
    from chain_office.services.papers.command import run

    for line in run(
        options.ledger,
        options.out,
        options.of,
        meeting=options.meeting,
        as_of=options.as_of,
        first=options.first,
        lists=options.lists,
    ):
        say(line)
    return 0


def _chart(options: argparse.Namespace) -> int:
    from chain_office.services.charting import chart_list, draw_chart
    from chain_office.services.ledgers import cut_off, open_existing

    if options.list:
        for chart_id, title in chart_list():
            say(f"{chart_id}  {title}")
        return 0
    if not options.chart or not options.out:
        options.misused("请写明图表编号和输出文件，如 chart 台账 output-monthly 产值.png；编号见 chart 台账 --list")
    with open_existing(options.ledger, read_only=True) as ledger:
        data = draw_chart(ledger, options.chart, options.out.suffix, cut_off(ledger, options.as_of))
    files.write_bytes(options.out, data)
    say(f"图表已写出：{options.out}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from chain_office.services.checks import check_ledger
    from chain_office.services.ledgers import open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        results = check_ledger(ledger)
    for result in results:
        say(f"{'通过' if result.passed else '不符'}  {result.name}{'：' if result.detail else ''}{result.detail}")
    failed = sum(1 for result in results if not result.passed)
    say(f"共 {len(results)} 项，{'全部通过' if not failed else f'{failed} 项不符'}。")
    return 1 if failed else 0


def _backup(options: argparse.Namespace) -> int:
    from chain_office.db import backup
    from chain_office.services.ledgers import open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        target = backup.back_up(ledger.database, ledger.path, options.folder)
    say(f"已备份并核对：{target}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from chain_office.services.keeping import restore_file

    kept = restore_file(options.ledger, options.backup)
    say(f"已用“{options.backup.name}”恢复 {options.ledger}" + (f"，原台账另存为 {kept.name}" if kept else ""))
    return 0


def _undo_import(options: argparse.Namespace) -> int:
    from chain_office.services.importing.service import undo_import
    from chain_office.services.ledgers import open_to_write

    with open_to_write(options.ledger) as ledger:
        books, counts = undo_import(ledger, options.number)
    say(f"已撤销导入“{books}”：{counts['binned']} 条新记录移入回收站，{counts['restored']} 处修改还原。")
    return 0


def _read_forms(options: argparse.Namespace) -> int:
    from chain_office.services.feedback import command

    outcome = command.run(options.ledger, options.forms, plan_only=options.plan)
    if options.json:
        say(json.dumps(command.as_json(outcome), ensure_ascii=False, indent=1))
    else:
        for line in command.as_lines(outcome, planned=options.plan):
            say(line)
        say(command.summary(outcome, planned=options.plan))
    return 1 if outcome.refused_all else 0
