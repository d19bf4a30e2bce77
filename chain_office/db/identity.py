"""Client-made record ids: UUID version 7 as 32 hex digits, so new rows append to every index (RFC 9562 §5.7, §6.2)."""

from __future__ import annotations

import secrets
import time

_last = 0
_TICKS = 4096


def new_id() -> str:
    """A fresh id: 48 bits of milliseconds, 12 of their fraction, then 62 random bits. Within a process ids rise."""
    global _last
    now = time.time_ns() * _TICKS // 1_000_000
    _last = now if now > _last else _last + 1
    value = (_last >> 12 << 80) | (0x7 << 76) | ((_last & 0xFFF) << 64) | (0b10 << 62) | secrets.randbits(62)
    return f"{value:032x}"
