"""The sample's making is a script with modules beside it: put its folder where they are found."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sample"
sys.path.insert(0, str(FOLDER))
