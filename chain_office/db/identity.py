"""Client-made record ids: UUID version 7 as 32 hex digits, so new rows append to every index (RFC 9562 §5.7)."""

from __future__ import annotations

import secrets
import time


def new_id() -> str:
    """A fresh id: 48 bits of milliseconds, then version, variant and 74 random bits."""
    millis = time.time_ns() // 1_000_000
    rand = secrets.randbits(74)
    value = (millis << 80) | (0x7 << 76) | ((rand >> 62) << 64) | (0b10 << 62) | (rand & ((1 << 62) - 1))
    return f"{value:032x}"
