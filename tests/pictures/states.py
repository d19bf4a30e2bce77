"""What the pictures show: a name, and how the window is brought there. A new state is one function and one line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.pictures.desk_states import DESK_STATES
from tests.pictures.finance_states import FINANCE_STATES
from tests.pictures.firm_states import FIRM_STATES
from tests.pictures.problem_states import PROBLEM_STATES

if TYPE_CHECKING:
    from collections.abc import Generator

    from chain_office.services.ledgers import Ledger
    from tests.pictures.studio import State, Studio


_LONG_VISIT = 17
"""A visit whose neighbours fill the pane, so that no picture shows when its rows were written."""


def _page(page: str, reference: str = "") -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        yield
        studio.page(page, reference)
        yield
        if page == "charts":
            yield  # it is drawn once more, as sharp as it is shown

    return steps


def _start(_studio: Studio) -> Generator[None, None, None]:
    yield


# Search.


def _search(typed: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page("overview")
        yield
        studio.frame.top.focus_search()
        studio.frame.top.box.setText(typed)
        yield

    return steps


def _search_listed(studio: Studio) -> Generator[None, None, None]:
    studio.frame.top.box.clear()
    studio.page("problems", "search:资金")
    yield


# Desks.


def _cleared(studio: Studio, page: str) -> Any:
    desk = studio.page(page)
    desk.filters.clear()
    return desk


def _record(page: str, table: str, where: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        _cleared(studio, page)
        found = studio.on_ledger(lambda ledger: ledger.value(f'SELECT id FROM "{table}" WHERE {where}'))
        yield
        studio.page(page, f"{table}:{found[0]}")
        yield

    return steps


def _header_filter(studio: Studio) -> Generator[None, None, None]:
    desk = _cleared(studio, "problems")
    yield
    desk.heading_filters.open([column.heading for column in desk.model.columns].index("牵头单位"))
    yield


def _header_filter_close(desk: Any) -> None:
    if desk.heading_filters.popup is not None:
        desk.heading_filters.popup.leave()


def _views_menu(studio: Studio) -> Generator[None, None, None]:
    desk = studio.page("problems")
    _header_filter_close(desk)
    desk.filters.choose("problems.overdue")
    yield
    desk.saved_views.save("逾期的")
    yield
    desk.saved_views.button.menu().popup(
        desk.saved_views.button.mapTo(studio.frame, desk.saved_views.button.rect().bottomLeft())
    )
    yield


def _form_choice(studio: Studio) -> Generator[None, None, None]:
    desk = studio.page("problems")
    desk.saved_views.button.menu().close()
    desk = _cleared(studio, "visits")
    yield
    desk.editing.new("visit")
    yield
    box = desk.editing.pane.body.editors["enterprise_id"].target
    box.setFocus()
    studio.keys(box, "slc")
    yield


def _form_understood(studio: Studio) -> Generator[None, None, None]:
    desk = _cleared(studio, "problems")
    yield
    desk.editing.new("problem")
    yield
    editors = desk.editing.pane.body.editors
    for name, text in (("text", "二期用地规划条件未出具"), ("deadline", "10月底")):
        editors[name].target.setFocus()
        studio.keys(editors[name].target, text)
    studio.scroll_to(editors["deadline"].target)
    yield


def _form_faults(studio: Studio) -> Generator[None, None, None]:
    desk = studio.page("problems")
    desk.editing.pane.leave()
    yield
    desk.editing.new("problem")
    yield
    desk.editing.pane._refuse_draft()
    desk.editing.pane.save()
    yield


def _conflict(studio: Studio) -> Generator[None, None, None]:
    studio.page("problems").editing.pane.leave()
    desk = _cleared(studio, "visits")
    yield
    desk.editing.edit()
    yield
    row_id = desk.current_id
    box = desk.editing.pane.body.editors["leader"].target
    box.setFocus()
    box.selectAll()
    studio.keys(box, "张示例")

    def somebody_else(ledger: Ledger) -> None:
        from chain_office.db.models import Visit

        with ledger.write("李示例", "修改走访记录") as writer:
            writer.update(Visit, row_id, {"leader": "王示例"})

    studio.on_ledger(somebody_else)
    yield
    desk.editing.pane.save()
    yield


def _bulk(studio: Studio) -> Generator[None, None, None]:
    studio.page("visits").editing.pane.leave()
    desk = _cleared(studio, "projects")
    yield
    desk.list.clearSelection()
    for row in range(3):
        flags = desk.list.selectionModel().SelectionFlag
        desk.list.selectionModel().select(desk.model.index(row, 0), flags.Select | flags.Rows)
    desk.editing.bulk()
    yield
    pane = desk.side.currentWidget()
    pane.fields.setCurrentIndex(pane.fields.findData("leader"))
    yield
    studio.keys(pane.editor.target, "张示例")
    yield


def _binned(studio: Studio) -> Generator[None, None, None]:
    desk = _cleared(studio, "visits")
    yield
    desk.list.selectRow(_LONG_VISIT)
    yield
    desk.editing.bin()
    yield
    desk.list.selectRow(_LONG_VISIT)
    yield


# Import.


def _import_preview(studio: Studio) -> Generator[None, None, None]:
    from xlsxwriter import Workbook

    book = Path(tempfile.gettempdir()) / "产业链办" / "新名册.xlsx"
    with Workbook(str(book)) as made:
        sheet = made.add_worksheet("企业名册")
        for at, row in enumerate(
            (
                ("企业名称", "统一社会信用代码", "职工人数", "县市区", "入规时间"),
                ("湖南示例耒水铝业有限公司", "91430481MA4DEM192G", 333, "", ""),
                ("湖南示例新来铜业有限公司", "", 80, "常宁市", "2021-10-01"),
                ("湖南示例错日金属有限公司", "", 80, "常宁市", "2021年13月"),
                ("常宁示例泉湖锌品有限责任公司", "", "", "常宁市", ""),
            )
        ):
            sheet.write_row(at, 0, row)
    page = studio.page("intake")
    yield
    page.take([book])
    yield


# Papers and charts.


def _paper_made(studio: Studio) -> Generator[None, None, None]:
    page = studio.page("papers")
    yield
    page.make_button.click()
    yield
    yield


def _paper_issued(studio: Studio) -> Generator[None, None, None]:
    page = studio.page("papers")
    page.issue_button.click()
    yield
    page.issued.view.selectRow(0)
    yield


# Settings, keys.


def _settings(part: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page("settings", part)
        yield
        yield

    return steps


def _light_preview(studio: Studio) -> Generator[None, None, None]:
    part = studio.page("settings").go_to("lights")
    yield
    part.tabs.setCurrentIndex(1)
    yield
    part.model.setData(part.model.index(0, part.model.column_of("threshold")), "5")
    yield


def _backups(studio: Studio) -> Generator[None, None, None]:
    part = studio.page("settings").go_to("backups")
    yield
    part.now_button.click()
    yield
    yield


def _key_sheet(studio: Studio) -> Generator[None, None, None]:
    studio.page("overview")
    yield
    studio.frame.show_keys()
    yield


PAGES: dict[str, State] = {
    name: _page(name)
    for name in (
        "overview", "enterprises", "visits", "problems", "finance", "projects", "output", "charts", "papers", "intake",
        "settings",
    )
}  # fmt: skip
"""Every page as it opens."""
STATES: dict[str, State] = {
    "start": _start,
    "notice": _page("overview"),
    **PAGES,
    "search-initials": _search("slcs"),
    "search-text": _search("资金"),
    "search-nothing": _search("没有这样的词"),
    "search-listed": _search_listed,
    "record-problem": _record("problems", "problem", "number = 78"),
    "record-project": _record("projects", "project", "number = 12"),
    "header-filter": _header_filter,
    "views": _views_menu,
    "form-choice": _form_choice,
    "form-understood": _form_understood,
    "form-faults": _form_faults,
    "form-conflict": _conflict,
    "form-bulk": _bulk,
    "binned": _binned,
    "import-preview": _import_preview,
    "paper": _paper_made,
    "paper-issued": _paper_issued,
    "settings-names": _settings("names"),
    "settings-handing-on": _settings("handing_on"),
    "settings-lights": _light_preview,
    "settings-days": _settings("days"),
    "settings-backups": _backups,
    "settings-looks": _settings("looks"),
    "settings-bin": _settings("bin"),
    "keys": _key_sheet,
    **PROBLEM_STATES,
    **DESK_STATES,
    **FINANCE_STATES,
    **FIRM_STATES,
}
"""Every picture by its file's name, in the order they are taken."""
ALONE = ("start", "notice")
"""Without a ledger; with one whose notice nobody has confirmed."""
DARK = ("overview", "problems", "projects", "charts", "search-text", "screening", "problem-today", "problem-board")
"""What is shown in the dark as well."""
