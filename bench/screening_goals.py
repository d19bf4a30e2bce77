"""The screening bench: what is like a candidate, the queue, and the candidate itself."""

from __future__ import annotations

import statistics
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bench.timing import Result, clocked, medians
from chain_office.db.ledger import open_ledger
from chain_office.queries.problem_clusters import clusters
from chain_office.queries.screening import candidate, queue
from chain_office.queries.similar_problems import similar_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.place import Place

_ASKED = 40
_AT_ONCE = 0.05
"""Nobody notices less."""


def bench(place: Place) -> Iterator[Result]:
    """Everything one candidate costs, beside the moment nobody notices."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        day = date.fromisoformat(ledger.value("SELECT max(collected_day) FROM problem"))
        every = int(ledger.value("SELECT count(*) FROM problem"))
        step = max(1, every // _ASKED)
        ids = [row[0] for row in ledger.rows("SELECT id FROM problem ORDER BY number")][::step]
        taken: list[float] = []
        for one in ids:
            taken += medians(clocked(partial(similar_to, ledger, one)), rounds=3)
        p95 = statistics.quantiles(taken, n=20)[-1]
        yield Result("筛选", place.size, f"相似的问题 {len(ids)} 次的 p95", p95, _AT_ONCE, 1.0, "50 毫秒")
        works: dict[str, Callable[[], object]] = {
            "待筛选的队列": partial(queue, ledger, day, "张三", day),
            "一个候选": partial(candidate, ledger, ids[0], day, day),
        }
        for what, work in works.items():
            yield Result("筛选", place.size, what, medians(clocked(work), rounds=7)[0], _AT_ONCE, 1.0, "50 毫秒")
        grouped = medians(clocked(partial(clusters, ledger, day)), rounds=3)[0]
        yield Result("筛选", place.size, "共性的提议", grouped, 1.0, None, "1 秒")
