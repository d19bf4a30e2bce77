"""The two kinds of failure: one the user can act on, and one that is ours."""

from __future__ import annotations


class KnownError(Exception):
    """A failure the user can act on.

    The message is one Chinese sentence that says what happened, where, and what to do.
    """

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class BugError(Exception):
    """A state our own code must never reach; it is reported, not explained away."""
