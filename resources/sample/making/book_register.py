"""01 规上企业名册: a sheet per area, entrants with month and kind, leavers on their own sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from making.firms import ENTRIES, EXITS, FIRMS, OLD_ENTRIES, Firm
from making.sheet import Book
from making.source import AS_OF, SAMPLE_NOTE

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "衡阳市有色金属及新型合金产业链规模以上企业名册"
CUT_OFF = "截至2021年11月19日"
COUNTIES = ("衡东县", "衡南县", "祁东县", "衡阳县", "衡山县")


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    present = [firm for firm in FIRMS if firm.on_register(AS_OF)]
    _changning(book, [firm for firm in present if firm.district == "常宁市"])
    _leiyang(book, [firm for firm in present if firm.district == "耒阳市"])
    _counties(book, [firm for firm in present if firm.district in COUNTIES])
    _city(book, [firm for firm in present if firm.district not in {"常宁市", "耒阳市", *COUNTIES}])
    _leavers(book)
    book.close()


def _entry(firm: Firm) -> str:
    if firm.key in ENTRIES:
        day = ENTRIES[firm.key][0]
        return f"{day.year}年{day.month}月"
    return OLD_ENTRIES.get(firm.key, "")


def _changning(book: Book, firms: list[Firm]) -> None:
    page = book.page("常宁市", [6, 34, 24, 12, 16, 18, 22, 12, 20, 10, 14])
    page.title(f"{TITLE}（常宁市）")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 企业名称 统一社会信用代码 县\n（市、区） 所属园区 产业链环节 主要产品 行业代码 联系人及电话 入规时间 备注",
    )
    for number, firm in enumerate(firms, 1):
        contact = f"{firm.contact}{firm.phone}" if number % 3 else f"{firm.contact} {_dashed(firm.phone)}"
        page.row(
            [number, firm.name, firm.uscc, firm.district, firm.park, firm.segment, firm.products, firm.industry,
             "" if firm.real else contact, _entry(firm), firm.remark]
        )  # fmt: skip
    page.note(
        f"注：本表共{len(firms)}家，其中注明“公开报道”的{sum(f.real for f in firms)}家仅列公开信息，信用代码、联系人留空。"
    )


def _leiyang(book: Book, firms: list[Firm]) -> None:
    page = book.page("耒阳市", [6, 36, 24, 16, 16, 22, 10, 12, 16, 10, 12, 14])
    page.title(f"{TITLE}（耒阳市）")
    page.caption(f"填报单位（盖章）：示例　　{SAMPLE_NOTE}", CUT_OFF)
    page.head(
        "序号 单位名称 社会信用代码 园区 环节 主导产品 行业小类代码 联系人 联系电话 职工人数 纳统时间 说明",
    )
    for number, firm in enumerate(firms, 1):
        code: Any = int(firm.industry) if number % 2 else firm.industry
        page.row(
            [str(number), firm.name.replace("有限公司", "有限公司 ") if number == 3 else firm.name, firm.uscc, firm.park,
             firm.segment, firm.products, code, firm.contact, firm.phone, firm.employees, _entry(firm), firm.remark]
        )  # fmt: skip
    page.row(["合计", "", "", "", "", "", "", "", "", sum(firm.employees or 0 for firm in firms), "", ""], bold=True)
    page.note("注：以上企业均属耒阳市。")


def _counties(book: Book, firms: list[Firm]) -> None:
    page = book.page("衡东等5县", [6, 12, 36, 24, 16, 18, 22, 4, 22, 12, 14])
    page.title(f"{TITLE}（衡东、衡南、祁东、衡阳、衡山）")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 属地 企业基本情况 < < < < · 联系人及联系方式 入库时间 备注",
        "^ ^ 企业名称 信用代码 所在园区 产业链位置 主营业务 · ^ ^ ^",
    )
    number = 0
    for county in COUNTIES:
        members = [firm for firm in firms if firm.district == county]
        first = page.at
        for firm in members:
            number += 1
            page.row(
                [number, firm.district, firm.name, firm.uscc, firm.park, firm.segment, firm.products, "",
                 "" if firm.real else f"{firm.contact}（{firm.phone}）", _entry(firm), firm.remark]
            )  # fmt: skip
        page.merge_down(1, first, page.at - 1, county)
    page.note(f"注：5县共{number}家。")


def _city(book: Book, firms: list[Firm]) -> None:
    page = book.page("城区及其他", [6, 36, 24, 12, 18, 18, 22, 12, 18, 12, 14, 14])
    page.title(f"{TITLE}（城区及其他）")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 企业名称 统一社会信用代码 所在区县 产业园区 链条环节 主要产品 企业联系人 联系方式 入规时间 入规方式 备注",
    )
    for number, firm in enumerate(firms, 1):
        kind = ENTRIES[firm.key][1] if firm.key in ENTRIES else ""
        page.row(
            [number, firm.name, firm.uscc, firm.district, firm.park, firm.segment, firm.products, firm.contact,
             firm.phone, _entry(firm), kind, firm.remark]
        )  # fmt: skip
    page.note("注：2020年12月以来新入规2家：规下转规上1家，新建投产1家。")


def _leavers(book: Book) -> None:
    page = book.page("退规企业", [6, 36, 24, 12, 18, 22, 16, 16, 30, 14])
    page.title("有色金属及新型合金产业链退规企业名单")
    page.caption(SAMPLE_NOTE, CUT_OFF)
    page.head(
        "序号 企业名称 统一社会信用代码 县市区 产业链环节 主要产品 入规时间 退规时间 退规原因 备注",
    )
    for number, firm in enumerate((f for f in FIRMS if f.key in EXITS), 1):
        day, reason = EXITS[firm.key]
        page.row(
            [number, firm.name, firm.uscc, firm.district, firm.segment, firm.products, "", f"{day.year}年{day.month}月",
             reason, firm.remark]
        )  # fmt: skip


def _dashed(phone: str) -> str:
    return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
