"""Pages of the papers a problem goes through, as the manual shows them: made from the sample, at its day."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

DAY: Final = date(2021, 11, 19)
SHEETS: Final[dict[str, tuple[str, str, int]]] = {
    "paper-master": ("交办会", "02_交办清单总表_*.pdf", 0),
    "paper-cover": ("交办会", "01_封面统计_*.pdf", 0),
    "paper-handover": ("交办会", "县市区/常宁市_交办单_*.pdf", 0),
    "paper-feedback": ("交办会", "县市区/常宁市_反馈表_*.pdf", 0),
    "paper-reminder": ("催办", "*/市财政局_催办函_*.pdf", 0),
    "paper-bulletin": ("督办通报", "督办通报_*.pdf", 1),
}
"""Picture → kind of papers, the file among them, the page."""
_SCALE: Final = 1.4


def main(folder: Path, only: list[str]) -> int:
    """Make the papers and draw the pages asked for."""
    import pypdfium2

    from chain_office.services.ledgers import open_ledger
    from chain_office.services.papers import order_papers, write_papers
    from chain_office.services.sampling import make_sample

    folder.mkdir(parents=True, exist_ok=True)
    wanted = {name: sheet for name, sheet in SHEETS.items() if not only or name in only}
    with tempfile.TemporaryDirectory() as place:
        ledger_path = Path(place) / "示例.ledger"
        make_sample(ledger_path)
        for of in dict.fromkeys(kind for kind, *_ in wanted.values()):
            with open_ledger(ledger_path) as ledger:
                order = order_papers(ledger, of, DAY, actor="示例人员")
            write_papers(order, Path(place) / of)
        for name, (of, pattern, page) in wanted.items():
            (path,) = (Path(place) / of).glob(pattern)
            paper = pypdfium2.PdfDocument(path)
            try:
                paper[page].render(scale=_SCALE).to_pil().convert("P", palette=1, colors=64).save(
                    folder / f"{name}.png", optimize=True
                )
            finally:
                paper.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
