"""Commands that take workbooks in, or write the ledger as one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office.cli.saying import check_output, say

if TYPE_CHECKING:
    import argparse

    from chain_office.services.importing.plan import ImportPlan


def sample(options: argparse.Namespace) -> int:
    """Make the sample ledger from the workbooks shipped."""
    from chain_office.services.sampling import make_sample

    plan = make_sample(options.ledger)
    summarise(plan)
    say(f"示例台账已建好：{options.ledger}")
    return 0


def import_books(options: argparse.Namespace) -> int:
    """Import workbooks, or show what that would do."""
    from chain_office.services.importing import command

    outcome = command.run(options.ledger, options.books, answers_file=options.answers, plan_only=options.plan)
    if options.json:
        say(json.dumps(command.as_json(outcome.plan, rows=options.rows), ensure_ascii=False, indent=1))
    else:
        summarise(outcome.plan, rows=options.rows)
        if options.plan:
            say("以上只是预览，什么也没有写。")
        elif outcome.write_no is not None:
            say(f"已写入，导入编号 {outcome.write_no}（撤销：undo-import 台账 {outcome.write_no}）。")
        else:
            say("没有需要写入的变化。")
    return 0 if outcome.plan.accepts_anything else 1


def summarise(plan: ImportPlan, *, rows: bool = False) -> None:
    """What an import did or would do."""
    from chain_office.services.importing import command

    for line in command.as_lines(plan, rows=rows):
        say(line)


def export(options: argparse.Namespace) -> int:
    """Write the ledger as one workbook."""
    from chain_office.services.exporting import export_ledger
    from chain_office.services.ledgers import open_existing

    check_output(options.book, ".xlsx")
    with open_existing(options.ledger, read_only=True) as ledger:
        sheets = export_ledger(ledger, options.book, phones=options.phones)
    say(f"已导出 {sheets} 个表到 {options.book}" + ("" if options.phones else "（电话已打码，要原号码请加 --phones）"))
    return 0


def undo_import(options: argparse.Namespace) -> int:
    """Take a whole import back."""
    from chain_office.services.importing.service import undo_import
    from chain_office.services.ledgers import open_to_write

    with open_to_write(options.ledger) as ledger:
        books, counts = undo_import(ledger, options.number)
    say(f"已撤销导入“{books}”：{counts['binned']} 条新记录移入回收站，{counts['restored']} 处修改还原。")
    return 0
