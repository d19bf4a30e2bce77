"""Commands that make papers and charts, and read the forms that come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.cli.saying import check_output, say, say_all

if TYPE_CHECKING:
    import argparse


def pack(options: argparse.Namespace) -> int:
    """The volume for the leaders, as PDF."""
    from chain_office.services.ledgers import cut_off, open_existing
    from chain_office.services.packs import print_pack

    check_output(options.out, ".pdf")
    with open_existing(options.ledger, read_only=True) as ledger:
        printed = print_pack(ledger, cut_off(ledger, options.as_of), kind=options.kind)
    files.write_bytes(options.out, printed.data)
    say(f"材料已写出：{options.out}")
    if printed.missing:
        say(f"注意：字库里没有“{''.join(printed.missing)}”，材料里以〓代替，请核对。")
    return 0


def papers(options: argparse.Namespace) -> int:
    """Papers for one unit or enterprise each."""
    from chain_office.services.papers.command import run

    for line in run(
        options.ledger,
        options.out,
        options.of,
        meeting=options.meeting,
        as_of=options.as_of,
        first=options.first,
        lists=options.lists,
        rounded=options.rounded,
    ):
        say(line)
    return 0


def lists(options: argparse.Namespace) -> int:
    """The five lists and the map of the chain."""
    from chain_office.services.lists import command

    say_all(command.run(options.ledger, options.out, as_of=options.as_of))
    return 0


def agenda(options: argparse.Namespace) -> int:
    """Everything due, as a calendar file."""
    from datetime import date

    from chain_office.domain.days import DAY
    from chain_office.services import agenda as duties
    from chain_office.services.ledgers import cut_off, open_existing

    check_output(options.out, ".ics")
    first, last = (
        found if one and isinstance(found := DAY.parse(one).value, date) else None
        for one in (options.first, options.last)
    )
    with open_existing(options.ledger, read_only=True) as ledger:
        day = cut_off(ledger, options.as_of)
        wish = duties.Wish(who=options.who)
        number = duties.save_file(ledger, options.out, day, wish, first=first, last=last)
    say(f"日程已写出：{options.out}（{number} 项，截至 {day.isoformat()}）")
    return 0


def chart(options: argparse.Namespace) -> int:
    """One chart as a picture, or the list of charts."""
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


def read_forms(options: argparse.Namespace) -> int:
    """Read filled-in forms."""
    from chain_office.services.feedback import command

    outcome = command.run(options.ledger, options.forms, plan_only=options.plan)
    if options.json:
        say(json.dumps(command.as_json(outcome), ensure_ascii=False, indent=1))
    else:
        for line in command.as_lines(outcome, planned=options.plan):
            say(line)
        say(command.summary(outcome, planned=options.plan))
    return 1 if outcome.refused_all else 0
