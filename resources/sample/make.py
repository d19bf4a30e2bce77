#!/usr/bin/env python3
"""Write the sample office's workbooks and the figures they must give: python resources/sample/make.py [FOLDER].

Everything comes from texts/*.txt, settings.json and a seed; a second run writes the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from making import (
    book_candidates,
    book_finance,
    book_output,
    book_problems,
    book_projects,
    book_register,
    book_visits,
)
from making.expected import all_figures

BOOKS = {
    "01_规上企业名册.xlsx": book_register.write,
    "02_2020年10月企业走访记录.xlsx": book_visits.write,
    "03_企业问题收集筛选表.xlsx": book_candidates.write,
    "04_问题交办清单及办理进展.xlsx": book_problems.write,
    "05_银企对接会融资需求及落实情况.xlsx": book_finance.write,
    "06_2021年重点项目调度表.xlsx": book_projects.write,
    "07_2020年月度产值.xlsx": book_output.write_2020,
    "08_2021年上半年月度产值.xlsx": book_output.write_half,
    "09_2021年三季度月度产值.xlsx": book_output.write_quarter,
}


def main(folder: Path) -> None:
    """Write every book and expected.json into a folder."""
    for name, write in BOOKS.items():
        write(folder / name)
    text = json.dumps(all_figures(), ensure_ascii=False, indent=2)
    (folder / "expected.json").write_text(f"{text}\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
