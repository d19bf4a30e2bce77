"""Every key of the window, declared once: shortcuts are made from this table, and the sheet under F1 is printed from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Key:
    """What one or more keys do. ``widget``: handled by the widget that has the focus, so no shortcut is made of it."""

    id: str
    keys: tuple[str, ...]
    says: str
    widget: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that work in the same place."""

    title: str
    keys: tuple[Key, ...]


PAGES: Final = 10
"""This many pages have a number key: Ctrl+1 … Ctrl+9, Ctrl+0."""

GROUPS: Final = (
    Group(
        "到处可用",
        (
            Key("search", ("Ctrl+K", "Ctrl+F"), "搜索：企业、简称、拼音首字母、编号、任意文字"),
            Key(
                "page", tuple(f"Ctrl+{number % PAGES}" for number in range(1, PAGES + 1)), "按左栏顺序打开第 1 至 10 页"
            ),
            Key("settings", ("Ctrl+,",), "打开设置"),
            Key("back", ("Alt+Left",), "退回刚才看的页面和记录"),
            Key("forward", ("Alt+Right",), "再往前"),
            Key("next_part", ("F6",), "跳到下一块：导航、搜索、提示、筛选、列表、记录"),
            Key("previous_part", ("Shift+F6",), "跳到上一块"),
            Key("undo", ("Ctrl+Z",), "撤销自己的上一次修改（正在打字时，撤销打的字）"),
            Key("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "重做撤销的修改"),
            Key("open", ("Ctrl+O",), "打开其他台账"),
            Key("refresh", ("F5",), "重新读取当前页面"),
            Key("sheet", ("F1",), "这张快捷键表"),
        ),
    ),
    Group(
        "列表",
        (
            Key("move", ("Up", "Down"), "换一条记录，右边跟着变", widget=True),
            Key("open_record", ("Return",), "进入右边的记录", widget=True),
            Key("new", ("Ctrl+N",), "新建一条"),
            Key("new_other", ("Ctrl+Shift+N",), "新建另一种（银企：融资需求）"),
            Key("edit", ("Ctrl+E",), "修改这条记录"),
            Key("bin", ("Del",), "移入回收站（可撤销）"),
            Key("steps", ("Ctrl+J",), "问题：列出选中的现在能办的步骤，按括号里的字母选"),
            Key("to_problems", ("Ctrl+M",), "走访：把困难和问题的记录（或选中的几行）转为问题"),
            Key("to_promises", ("Ctrl+Shift+M",), "走访：把记录里的承诺登记成承诺事项"),
            Key("brief", ("Ctrl+B",), "走访、计划：这家企业的走访前一页纸"),
            Key("firm_brief", ("Ctrl+B",), "企业：选中几家的企业简况，一家一页"),
            Key("firm_beside", ("Ctrl+PgUp", "Ctrl+PgDown"), "一企一档：上一家、下一家；Esc 回到清单", widget=True),
            Key("entry_kind", ("1", "2"), "进退规：选中的入规是规下转规上、新建投产", widget=True),
            Key("register_year", ("PgUp", "PgDown"), "进退规：上一年、下一年", widget=True),
            Key("copy", ("Ctrl+C",), "复制选中的行，可粘贴到 WPS、Excel"),
            Key("copy_headed", ("Ctrl+Shift+C",), "连同表头复制"),
            Key("print_list", ("Ctrl+P",), "打印列表，眼前筛选成什么样就印什么样"),
            Key("paste", ("Ctrl+V",), "粘贴从 WPS、Excel 复制的行，先预览再写入"),
        ),
    ),
    Group(
        "数字",
        (
            Key("explain", ("Ctrl+I",), "口径：这个数怎么算、截至哪天，从这里打开它的行、复制", widget=True),
            Key("figure_menu", ("Menu", "Shift+F10"), "同右键：口径、打开这些行、复制", widget=True),
        ),
    ),
    Group(
        "台账的各种看法",
        (
            Key(
                "view",
                tuple(f"Alt+{number % PAGES}" for number in range(1, PAGES + 1)),
                "从左起第 1 至 10 种看法：清单在最左",
            ),
            Key("view_more", ("Alt+-", "Alt+="), "第 11、12 种看法"),
            Key("next_view", ("Ctrl+Tab",), "下一种看法"),
            Key("previous_view", ("Ctrl+Shift+Tab",), "上一种看法"),
            Key(
                "fitting_step",
                ("Ctrl+Return",),
                "今日、看板：办这件事该办的一步；反馈：接受打勾的；节点：登记完成；月调度：确认这一行",
            ),
            Key("tick", ("Space",), "反馈：给选中的行打勾或去掉，打勾的才会接受", widget=True),
            Key("choose_group", ("Ctrl+A",), "今日：选中这一类的全部"),
            Key(
                "pair_step",
                ("1", "2", "3", "4"),
                "对接表：登记意向、授信、放款、未达成；回访：推进中、已落地、不再需要、落空",
                widget=True,
            ),
            Key("between_columns", ("Left", "Right"), "看板：到旁边一列", widget=True),
            Key("gantt", ("+", "-", "0", "Home"), "进度图：放大、缩小、看全部、回到截止日；左右移月份", widget=True),
            Key("month", ("PgUp", "PgDown"), "日历：上一月、下一月；T 回到截止日", widget=True),
            Key("map_spot", ("Left", "Right", "Up", "Down"), "图谱：到旁边的环节、企业；回车打开", widget=True),
            Key("move_segment", ("Ctrl+Shift+Up", "Ctrl+Shift+Down"), "图谱：环节在树里上移、下移", widget=True),
            Key(
                "nest_segment",
                ("Ctrl+Shift+Right", "Ctrl+Shift+Left"),
                "图谱：归到上一个环节之下、提到上一级",
                widget=True,
            ),
        ),
    ),
    Group(
        "筛选",
        (
            Key("answer_criterion", ("1", "2", "3"), "三条标准：是、否、待定，按一下换一个", widget=True),
            Key("write_basis", ("Q", "W", "E"), "写这一条的依据，拼音首字母可选用过的话；回车写完", widget=True),
            Key("take_category", ("4",), "类别按用词定，或从列表里选", widget=True),
            Key("decide", ("5", "6", "7", "8", "9"), "筛选入、不予采纳、暂不具备、现场解决、上报", widget=True),
            Key("decide_suggested", ("Return",), "按建议办；有待定的放到最后", widget=True),
            Key("skip_candidate", ("0",), "跳过，最后再看", widget=True),
            Key("candidate_before", ("Backspace",), "回到刚跳过的", widget=True),
            Key("open_candidate", ("O",), "打开这个问题的记录", widget=True),
            Key("confirm_decision", ("Ctrl+Return", "Ctrl+S"), "确认不予采纳、暂不具备等的原因", widget=True),
        ),
    ),
    Group(
        "记录",
        (
            Key("leave", ("Esc",), "回到列表", widget=True),
            Key("next_link", ("Tab",), "跳到下一个链接", widget=True),
        ),
    ),
    Group(
        "表单",
        (
            Key("save", ("Ctrl+S",), "保存"),
            Key("leave_form", ("Esc",), "离开表单；没保存的内容留作草稿", widget=True),
            Key("next_field", ("Tab", "Return"), "到下一格（多行文字里回车是换行）", widget=True),
            Key("offers", ("Down",), "列出可选的；接着打字、拼音首字母、代码都能缩小范围", widget=True),
            Key("edit_cell", ("F2",), "在列表里直接改一格，回车保存", widget=True),
        ),
    ),
    Group(
        "整表录入",
        (
            Key(
                "cell_on", ("Return", "Tab"), "写完到下一行、下一格；格里有灰色的建议数时，回车就是确认它", widget=True
            ),
            Key("edit_in_cell", ("F2",), "改格里原来的数；直接打字是换掉", widget=True),
            Key("fill_down", ("Ctrl+D",), "把选中的第一行（只选一格时是上一格）填到下面"),
            Key("clear_cells", ("Del",), "清空选中的格", widget=True),
            Key("sheet_month", ("PgUp", "PgDown"), "上一月、下一月", widget=True),
            Key("next_wrong", ("F8",), "到下一个有误或要核对的格"),
        ),
    ),
    Group(
        "材料预览",
        (
            Key("page_down", ("PgDown", "PgUp"), "下一页、上一页", widget=True),
            Key("first_page", ("Home", "End"), "第一页、最后一页", widget=True),
            Key("next_spot", ("Ctrl+Down", "Ctrl+Up"), "到下一个、上一个能打开的数字或行；回车打开", widget=True),
            Key("zoom_in", ("Ctrl++", "Ctrl+="), "放大"),
            Key("zoom_out", ("Ctrl+-",), "缩小"),
            Key("save_paper", ("Ctrl+S",), "保存 PDF"),
            Key("print_paper", ("Ctrl+P",), "打印"),
        ),
    ),
    Group(
        "导入预览",
        (
            Key("to_question", ("F8",), "到要回答的问题；在一行上时，到这一行的问题"),
            Key("next_question", ("Return",), "到下一个没回答的问题；都答了就重新预览", widget=True),
        ),
    ),
)

_BY_ID: Final = {key.id: key for group in GROUPS for key in group.keys}
_NAMES: Final = {
    "Return": "回车", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "PgDown": "PageDown", "PgUp": "PageUp", "Space": "空格",
    "Backspace": "退格", "Menu": "菜单键",
}  # fmt: skip


def key(key_id: str) -> Key:
    """A key by its id; KeyError if the table has none."""
    return _BY_ID[key_id]


def sequences(key_id: str) -> list[QKeySequence]:
    """The key sequences of one entry."""
    return [QKeySequence(keys) for keys in key(key_id).keys]


def shortcut(
    key_id: str,
    parent: QWidget,
    do: Callable[[], object],
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> list[QShortcut]:
    """Make the shortcuts of one entry; whichever of its keys is pressed does the same."""
    made = []
    for sequence in sequences(key_id):
        one = QShortcut(sequence, parent)
        one.setContext(context)
        one.activated.connect(lambda: do())
        made.append(one)
    return made


def shown(key_id: str) -> str:
    """The keys as people read them: "Ctrl+Y 或 Ctrl+Shift+Z"; a run of number keys is shortened."""
    keys = key(key_id).keys
    if len(keys) == PAGES:
        return f"{keys[0]} 至 {keys[-2]}、{keys[-1]}"
    return " 或 ".join("+".join(_NAMES.get(part, part) for part in one.split("+")) for one in keys)


def hint(text: str, key_id: str) -> str:
    """A tool tip that ends with its key: "撤销（Ctrl+Z）"."""
    return f"{text}（{shown(key_id)}）"
