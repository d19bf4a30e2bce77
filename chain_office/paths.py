"""Where the program's own files are."""

from __future__ import annotations

from pathlib import Path


def resources_folder() -> Path:
    """The folder of shipped resources, beside the package."""
    return Path(__file__).resolve().parent.parent / "resources"


def resource(*parts: str) -> Path:
    """One shipped resource."""
    return resources_folder().joinpath(*parts)
