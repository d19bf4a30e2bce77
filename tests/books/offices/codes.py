"""Unified social credit codes that are well formed but belong to nobody (GB 32100-2015 check character)."""

from __future__ import annotations

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(serial: int, region: str = "360900") -> str:
    """A valid code made from a number."""
    body = f"91{region}MA{serial:06d}T"
    weight = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _SIGNS[(31 - weight % 31) % 31]
