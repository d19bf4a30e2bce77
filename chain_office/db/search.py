"""The search index: which records contain a text, exactly as LIKE would say, without reading them all.

Each record with text is one document in a contentless FTS5 table, broken into its characters and pairs of neighbouring
characters. A needle's pairs narrow the documents down; the record itself then has the last word (LIKE), so an index
that holds too much costs time, never truth. A changed record gets a new document number: the highest numbers are the
newest, and what the old number left in the index points nowhere until a rebuild drops it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import batched
from typing import TYPE_CHECKING, Any

from chain_office.db.searchable import BY_KIND, TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
