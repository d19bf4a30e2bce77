"""Pinyin initials, for choosing by typing them. Loading the dictionary takes a while: call it on a work thread."""

from __future__ import annotations

from chain_office.db.initials import initials_of

__all__ = ["initials_of"]
