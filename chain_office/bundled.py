"""Where the files shipped beside the program are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file or folder under resources/."""
    return ROOT.joinpath("resources", *parts)


def fonts_folder() -> Path:
    """The bundled faces; CHAIN_OFFICE_FONTS names another folder."""
    return Path(os.environ.get("CHAIN_OFFICE_FONTS") or resource("fonts"))
