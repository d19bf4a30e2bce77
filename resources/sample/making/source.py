"""Reading the texts the sample is made from, and the settings beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
SAMPLE_NOTE = "示例数据：名称含“示例”的企业、园区、项目和人员均为虚构；不含“示例”的仅列公开信息"
MARK = "示例"


def table(name: str) -> list[list[str]]:
    """The rows of ``texts/NAME.txt``: fields between bars, lines beginning with # left out."""
    lines = (FOLDER / "texts" / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def settings() -> dict[str, str | bool]:
    """The settings of the sample office."""
    loaded: dict[str, str | bool] = json.loads((FOLDER / "settings.json").read_text("utf-8"))
    return loaded


def setting_day(key: str) -> date:
    """A setting that is a day."""
    return date.fromisoformat(str(settings()[key]))


AS_OF = setting_day("as_of")
HANDOVER = setting_day("handover_day")
BANK_EVENT = setting_day("bank_event_day")
