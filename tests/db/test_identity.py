"""Record ids: well-formed, rising, never the same."""

from __future__ import annotations

import time
import uuid

from chain_office.db.identity import new_id


def test_ids_are_uuids_of_version_seven_and_of_now() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before - 1 <= made.int >> 80 <= before + 60_000


def test_ids_of_one_process_rise_and_differ() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
