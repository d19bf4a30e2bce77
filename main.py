"""Composition root: the only file that sees every room. With a command it works headless, without one it opens the
window (a later version's; until then it says what there is)."""

from __future__ import annotations

import sys

from chain_office.cli import main

if __name__ == "__main__":
    sys.exit(main())
