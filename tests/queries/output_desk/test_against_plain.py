"""Random ledgers with everything that goes wrong in an office — firms that leave and come back, newly built ones, holes, months
without cumulatives and the other way round, corrections after the sign-off, stated totals — against :mod:`plain`."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain_office.db.models import (
    District,
    Enterprise,
    MonthFreeze,
    MonthlyOutput,
    OutputCorrection,
    PublishedTotal,
    RegisterSpell,
)
from chain_office.queries import output
from chain_office.queries.output_desk import breakdown, bridge
from chain_office.services.ledgers import open_or_make
from chain_office.services.output.report import as_json
from chain_office.services.reconciling import broken
from tests.queries.output_desk.plain import AMOUNTS, percent, recount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from tests.queries.output_desk.plain import Plain, Side

DAYS = (date(2020, 4, 30), date(2021, 2, 10), date(2021, 3, 31), date(2021, 6, 1))
MONTHS = range(1, 6)
_YUAN = st.integers(0, 60)
_KIND = st.sampled_from([None, "promoted", "new_build"])
_EARLY = st.dates(date(2018, 1, 1), date(2020, 6, 1))
_LATE = st.dates(date(2020, 7, 1), date(2021, 6, 1))


@st.composite
def _stays(draw: st.DrawFn) -> list[dict[str, Any]]:
    """None (nobody registered it), one, or two stays on the register, the later told first."""
    kind = draw(st.sampled_from(["none", "always", "entered", "left", "back"]))
    if kind == "none":
        return []
    if kind == "always":
        return [{}]
    if kind == "entered":
        return [{"entry_day": draw(_EARLY | _LATE), "entry_kind": draw(_KIND)}]
    if kind == "left":
        return [{"exit_day": draw(_EARLY | _LATE)}]
    gone = {"entry_day": date(2017, 1, 1), "entry_kind": draw(_KIND), "exit_day": draw(_EARLY)}
    return [{"entry_day": draw(_LATE), "entry_kind": draw(_KIND)}, gone]


@st.composite
def _reports(draw: st.DrawFn) -> dict[str, dict[str, int | None]]:
    """A firm's reports of two years. ``style``: which amounts its forms have at all."""
    dropped = draw(st.sampled_from([(), ("month_yuan", "month_prev_yuan"), ("cum_yuan", "cum_prev_yuan")]))
    stated = draw(st.booleans())
    told: dict[str, dict[str, int | None]] = {}
    for year in (2020, 2021):
        upto = before = 0
        for number in MONTHS:
            alone, prior, slip = draw(st.tuples(_YUAN, _YUAN, st.sampled_from([0, 0, 0, -2, 3])))
            upto, before = upto + alone, before + prior
            values: dict[str, int | None] = dict(zip(AMOUNTS, (alone, upto + slip, prior, before), strict=True))
            blank = {*dropped, *(() if stated else AMOUNTS[2:]), *draw(st.sets(st.sampled_from(AMOUNTS), max_size=1))}
            if draw(st.integers(0, 7)):
                told[f"{year}-{number:02d}"] = {name: None if name in blank else values[name] for name in AMOUNTS}
    return told


@st.composite
def offices(draw: st.DrawFn) -> dict[str, Any]:
    """What :func:`_written` writes: firms with their stays and reports, signed months, corrections, a stated total."""
    return {
        "firms": draw(st.lists(st.tuples(_stays(), _reports(), st.integers(0, 2)), min_size=1, max_size=5)),
        "signed": draw(st.sets(st.sampled_from(list(MONTHS)))),
        "corrections": draw(
            st.lists(st.tuples(st.integers(0, 99), _LATE, st.none() | _YUAN, st.none() | _YUAN), max_size=4)
        ),
        "stated": draw(st.none() | st.tuples(st.sampled_from(list(MONTHS)), st.integers(50, 400))),
    }


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("口径") / "空.ledger"
    open_or_make(path).close()
    return path


@contextmanager
def _written(blank: Path, office: dict[str, Any]) -> Iterator[tuple[Ledger, Path]]:
    path = blank.with_name("例.ledger")
    path.unlink(missing_ok=True)
    shutil.copy(blank, path)
    with open_or_make(path) as ledger:
        rows: list[tuple[str, dict[str, int | None]]] = []
        with ledger.write("测试", "企业和产值") as writer:
            districts = [None, *(writer.insert(District, {"name": name, "short": name}) for name in ("东区", "西区"))]
            for number, (stays, reports, place) in enumerate(office["firms"], 1):
                named = {"name": f"企业{number}", "name_key": f"企业{number}", "name_core": f"企业{number}"}
                firm = writer.insert(Enterprise, {**named, "number": number, "district_id": districts[place]})
                for stay in stays:
                    writer.insert(RegisterSpell, {"enterprise_id": firm, **stay})
                for month, amounts in reports.items():
                    row = writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": month, **amounts})
                    if month[:4] == "2020" and int(month[5:]) in office["signed"]:
                        rows.append((row, amounts))
            if office["stated"]:
                number, total = office["stated"]
                writer.insert(PublishedTotal, {"month": f"2020-{number:02d}", "total_yuan": total})
        with ledger.write("测试", "签认") as writer:
            for number in office["signed"]:
                freeze = {
                    "desk": "output",
                    "month": f"2020-{number:02d}",
                    "day": date(2020, number + 1, 9),
                    "data": "{}",
                }
                writer.insert(MonthFreeze, freeze)
        with ledger.write("测试", "更正") as writer:
            for place, day, alone, upto in sorted(office["corrections"], key=lambda one: one[1]) if rows else ():
                row, before = rows[place % len(rows)]
                after = {**before, "month_yuan": alone, "cum_yuan": upto}
                writer.insert(OutputCorrection, {"output_id": row, "day": day, "reason": "测试", **before})
                writer.update(MonthlyOutput, row, after)
                rows[place % len(rows)] = row, after
        yield ledger, path


_HARD = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@_HARD
@given(offices())
def test_every_figure_is_what_plain_counting_makes_it(blank: Path, office: dict[str, Any]) -> None:
    with _written(blank, office) as (ledger, path):
        for day in DAYS:
            plain = recount(path, day)
            _same_sums(ledger, day, plain)
            _same_firms(ledger, day, plain)
            _same_parts(ledger, day, plain)
            assert broken(ledger, day) == ()


def _sums(some: list[Side]) -> tuple[int, int]:
    return sum(one.total or 0 for one in some), sum(one.base or 0 for one in some)


def _same_sums(ledger: Ledger, day: date, plain: Plain) -> None:
    grown, whole = output.growth(ledger, day), breakdown(ledger, day, "district").whole.cum
    assert (grown.to_month or "") == plain.to
    assert (grown.published_yuan, grown.last_published_yuan) == (plain.published, plain.last_published)
    told = as_json(ledger, day)["total"]
    assert isinstance(told, dict)
    if not plain.based:
        assert (grown.sample.total_yuan, grown.sample.base_yuan, grown.sample.yoy_percent) == (
            plain.published,
            None,
            None,
        )
        return
    month = breakdown(ledger, day, "district").whole.month
    if month.base_yuan is not None:  # else the month is told of whoever reported, without a rate
        point = output.by_month(ledger, day)[-1]
        assert (point.output_yuan, point.base_yuan) == (month.total_yuan, month.base_yuan)
    for each in output.by_month(ledger, day):  # the rows behind a month are the month
        rows = output.firms_of_month(ledger, day, each.month).values()
        assert (sum(own for own, _ in rows), sum(prior or 0 for _, prior in rows)) == (
            each.output_yuan or 0,
            each.base_yuan or 0,
        )
    total, base = _sums(plain.based)
    growth = percent(total - base, base) if base else None
    assert (grown.sample.total_yuan, grown.sample.base_yuan, grown.sample.yoy_percent) == (total, base, growth)
    assert (whole.total_yuan, whole.base_yuan, whole.yoy_percent) == (total, base, growth)
    last = plain.last_published
    nominal = percent((plain.published or 0) - last, last) if last else None
    assert grown.nominal_percent == whole.nominal_percent == nominal
    assert (told["yoy_percent"], told["nominal_yoy_percent"]) == tuple(
        None if one is None else float(one) for one in (growth, nominal)
    )
    positive = [one for one in plain.based if one.base]
    rising = sum((one.total or 0) > (one.base or 0) for one in positive)
    assert (whole.rising, whole.based, whole.firms) == (rising, len(positive), len(plain.based))
    assert whole.rising_percent == (percent(rising, len(positive)) if positive else None)


def _same_firms(ledger: Ledger, day: date, plain: Plain) -> None:
    members = {one.id: one for one in breakdown(ledger, day, "enterprise").members}
    assert members.keys() == plain.firms.keys()
    across = bridge(ledger, day)
    moved: dict[str, int] = {}
    for line in across.lines if across else ():
        for firm in line.firms:
            moved[firm.id] = moved.get(firm.id, 0) + firm.yuan
    for key, side in plain.firms.items():
        cum, month = members[key].cum, members[key].month
        assert (cum.total_yuan, cum.base_yuan, cum.last_yuan) == (side.total, side.base, side.last)
        assert (month.total_yuan, month.base_yuan) == (side.month, side.month_base)
        if across:
            assert moved.get(key, 0) == (side.base or 0) - (side.last or 0)


def _same_parts(ledger: Ledger, day: date, plain: Plain) -> None:
    if not plain.based:
        return
    all_total, all_base = _sums(plain.based)
    for group in breakdown(ledger, day, "district").groups:
        some = [one for one in plain.based if one.place == group.key]
        if not some:
            continue
        total, base = _sums(some)
        assert (group.cum.total_yuan, group.cum.base_yuan) == (total, base)
        assert group.cum.pull_points == (percent(total - base, all_base, "0.01") if all_base else None)
        if all_total > all_base:
            assert group.cum.contribution_percent == percent(total - base, all_total - all_base)


@_HARD
@given(offices(), st.data())
def test_renaming_splitting_and_leavers_change_no_sum(blank: Path, office: dict[str, Any], data: st.DataObject) -> None:
    """A new name, a report split into its months, a firm that came and went: the sums stay to the 元."""
    with _written(blank, {**office, "signed": set(), "corrections": [], "stated": None}) as (ledger, _path):
        day = data.draw(st.sampled_from(DAYS[1:]))
        before = output.growth(ledger, day)
        counted = (before.to_month or "") >= "2021-01"  # else the leaver's report would be the last month with data
        firms = [row[0] for row in ledger.rows("SELECT id FROM enterprise ORDER BY number")]
        with ledger.write("测试", "改名、进退") as writer:
            writer.update(Enterprise, data.draw(st.sampled_from(firms)), {"name": "新名", "former_names": "企业"})
            gone = writer.insert(Enterprise, {"name": "来过", "name_key": "来过", "name_core": "来过"})
            stay = {"entry_day": date(2020, 12, 1), "entry_kind": "promoted", "exit_day": date(2021, 1, 31)}
            writer.insert(RegisterSpell, {"enterprise_id": gone, **stay})
            writer.insert(
                MonthlyOutput, {"enterprise_id": gone, "month": "2021-01", "month_yuan": 7, "month_prev_yuan": 9}
            )
        if counted:
            after = output.growth(ledger, day)
            assert (after.sample, after.published_yuan) == (before.sample, before.published_yuan)
            assert after.last_published_yuan == before.last_published_yuan
        _split(ledger, data.draw(st.sampled_from(firms)))
        again = output.growth(ledger, day)
        if counted:
            assert (again.sample, again.last_published_yuan) == (before.sample, before.last_published_yuan)
        assert broken(ledger, day) == ()


def _split(ledger: Ledger, firm: str) -> None:
    """Tell January to each year's first cumulative as months: what the year's first stretch came to, in January, 0 after."""
    with ledger.write("测试", "拆月") as writer:
        for year in ("2020", "2021"):
            rows = ledger.rows(
                "SELECT id, month, cum_yuan, cum_prev_yuan FROM monthly_output WHERE enterprise_id = ? AND month LIKE ? "
                "AND deleted_at IS NULL ORDER BY month",
                (firm, f"{year}-%"),
            )
            complete = [row[1] for row in rows] == [f"{year}-{number:02d}" for number in MONTHS]
            if not complete or any(None in (row[2], row[3]) for row in rows):
                continue
            upto, before = 0, 0
            for row_id, _month, total, base in rows:
                writer.update(
                    MonthlyOutput, row_id,
                    {"month_yuan": total - upto, "cum_yuan": None, "month_prev_yuan": base - before, "cum_prev_yuan": None},
                )  # fmt: skip
                upto, before = total, base
