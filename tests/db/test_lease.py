"""One holder at a time: races, take-over only from who is provably gone, and a lost lease that stops the next write."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.db import holder, lease
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import (
    DiskFull,
    LeaseLost,
    LedgerHeld,
    LedgerReadOnly,
    LedgerUnreachable,
    LedgerVanished,
)
from chain_office.domain.holding import Holder
from tests.refusals import contents, is_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = Holder("张三", "PC-03", "2022-01-05T10:20:00.000Z", 4711, "0123456789ab", "t" * 32)
"""Somebody at another computer."""


class Time:
    """A clock that only moves when it is told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(lease, "_monotonic", made)
    return made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock file that cannot be read is not waited for."""
    monkeypatch.setattr(holder, "_LOOKS", 1)


@pytest.fixture
def mine(path: Path) -> Iterator[lease.Lease]:
    made = lease.acquire(path, "王芳")
    yield made
    made.release()


def held_by(path: Path, there: Holder) -> Path:
    """Somebody else's lock beside the ledger."""
    lock = holder.lock_of(path)
    lock.write_bytes(holder.as_bytes(there))
    return lock


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the racers are forked")
def test_of_many_who_want_it_one_gets_it(path: Path) -> None:
    """Half of the races are for the lock of a process that was killed."""
    command = [sys.executable, "-m", "tests.db.leasing", str(path), "60", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    seen = json.loads(done.stdout)
    assert seen == {"got": [1] * 60, "held": [1] * 60, "tickets": []}


def test_the_lock_says_who_and_goes_when_let_go(path: Path) -> None:
    before = contents(path.parent)
    mine = lease.acquire(path, "王芳")
    there = lease.holder_of(path)
    assert there is not None
    assert (there.user, there.host, there.pid) == ("王芳", platform.node(), os.getpid())
    assert there.told(clock.now()) == f"王芳@{platform.node()} 12:00 起正在编辑"
    mine.release()
    assert contents(path.parent) == before
    assert lease.holder_of(path) is None


def test_whoever_comes_second_is_told_who(path: Path) -> None:
    lock = held_by(path, ELSEWHERE)
    kept = lock.read_bytes()
    with pytest.raises(LedgerHeld, match=r"张三@PC-03 10:20 起正在编辑“产业链 台账\.ledger”") as caught:
        lease.acquire(path, "王芳")
    assert caught.value.holder == ELSEWHERE
    assert is_sentence(caught.value.message)
    assert lock.read_bytes() == kept


def test_by_a_link_it_is_the_same_ledger(path: Path, tmp_path: Path) -> None:
    (tmp_path / "桌面").mkdir()
    link = tmp_path / "桌面" / "快捷.ledger"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    held_by(path, ELSEWHERE)
    with pytest.raises(LedgerHeld, match="两分钟后就能接手"):
        lease.acquire(link, "王芳")
    assert lease.holder_of(link) == ELSEWHERE


def test_since_another_day_says_the_day(path: Path) -> None:
    yesterday = replace(ELSEWHERE, since="2022-01-04T10:20:00.000Z")
    assert yesterday.told(clock.now()) == "张三@PC-03 1月4日 10:20 起正在编辑"
    assert replace(ELSEWHERE, since="gestern").told(clock.now()) == "张三@PC-03 正在编辑"


def test_what_others_wrote_stays_one_line() -> None:
    odd = replace(ELSEWHERE, user="张\n三\u202e" + "长" * 200, host="")
    assert is_sentence(f"{odd.told(clock.now())}。")
    assert odd.name == "张三" + "长" * 38
    assert Holder("", "", "").name == "另一台电脑"


def test_this_process_shares_its_lease(path: Path, mine: lease.Lease) -> None:
    again = lease.acquire(path, "王芳")
    assert again is mine
    again.release()
    mine.check()
    assert holder.lock_of(path).exists()


def test_a_lock_of_a_process_that_ended_is_taken_at_once(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    held_by(path, replace(holder.introduce("旧人"), pid=ended.pid))
    assert lease.holder_of(path) is None
    mine = lease.acquire(path, "王芳")
    mine.check()
    mine.release()
    assert list(contents(path.parent)) == [path.name]


def test_a_lock_of_an_earlier_process_of_our_number_is_taken_at_once(path: Path) -> None:
    held_by(path, holder.introduce("旧人"))
    mine = lease.acquire(path, "王芳")
    mine.check()
    mine.release()


@pytest.mark.parametrize("other", [{"host": "PC-09"}, {"machine": "ffffffffffff"}], ids=["name", "machine"])
def test_a_process_of_another_computer_is_never_called_gone(path: Path, other: dict[str, str]) -> None:
    """Offices clone their computers: the same name and a process number that is free here prove nothing."""
    there = replace(holder.introduce("张三"), pid=2**22 + 1, **other)  # type: ignore[arg-type]
    assert holder.is_gone(replace(there, host=platform.node(), machine=holder.machine()))
    held_by(path, there)
    with pytest.raises(LedgerHeld):
        lease.acquire(path, "王芳")


def look(path: Path, watch: lease.Watch) -> bool:
    lock = holder.lock_of(path)
    there = holder.read(lock)
    assert there is not None
    return watch.look(lock, there)


def test_a_counter_watched_standing_still_for_two_minutes_is_stale(path: Path, time: Time) -> None:
    held_by(path, ELSEWHERE)
    watch = lease.Watch()
    seen = []
    for _ in range(10):
        seen.append(look(path, watch))
        time.now += 15
    assert seen == [False] * 8 + [True] * 2
    mine = lease.acquire(path, "王芳", watch)
    mine.check()
    mine.release()
    assert list(contents(path.parent)) == [path.name]


def test_a_heartbeat_begins_the_watch_anew(path: Path, time: Time) -> None:
    watch = lease.Watch()
    for beat in range(30):
        held_by(path, replace(ELSEWHERE, counter=beat // 5))
        assert not look(path, watch)
        time.now += 20
    with pytest.raises(LedgerHeld):
        lease.acquire(path, "王芳", watch)


def test_a_watcher_that_slept_has_not_watched(path: Path, time: Time) -> None:
    held_by(path, ELSEWHERE)
    watch = lease.Watch()
    look(path, watch)
    time.now += 9 * 3600
    assert not look(path, watch)


def test_a_heartbeat_raises_the_counter_and_nothing_else(path: Path, mine: lease.Lease) -> None:
    size = holder.lock_of(path).stat().st_size
    for _ in range(3):
        mine.beat()
    there = lease.holder_of(path)
    assert there == replace(mine.me, counter=3)
    assert holder.lock_of(path).stat().st_size == size


def test_the_heart_beats_by_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.01)
    mine = lease.acquire(path, "王芳")
    pause = threading.Event()
    while (there := lease.holder_of(path)) is None or there.counter < 3:
        pause.wait(0.01)
    mine.release()


def test_who_wakes_up_after_a_take_over_stops_and_leaves_the_new_lock_alone(path: Path, mine: lease.Lease) -> None:
    lock = held_by(path, ELSEWHERE)
    kept = lock.read_bytes()
    mine.beat()
    with pytest.raises(LeaseLost, match="张三@PC-03"):
        mine.check()
    mine.release()
    assert lock.read_bytes() == kept


def test_a_lost_lease_refuses_the_write_and_every_later_one(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.lease = lease.acquire(path, "王芳")
        with ledger.write("王芳", "登记") as writer:
            writer.insert(Bank, {"name": "一", "verified": True})
        held_by(path, ELSEWHERE)
        with pytest.raises(LeaseLost, match="没有写入") as caught, ledger.write("王芳", "再登记") as writer:
            writer.insert(Bank, {"name": "二", "verified": True})
        assert is_sentence(caught.value.message)
        assert (ledger.read_only, ledger.holder) == (True, ELSEWHERE)
        with pytest.raises(LedgerHeld, match="张三@PC-03"), ledger.write("王芳", "又登记"):
            pass
        assert ledger.value("SELECT count(*) FROM bank") == 1
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.value("SELECT max(no) FROM write_log") == 1


def test_a_lock_that_somebody_cleared_away_is_made_anew(path: Path, mine: lease.Lease) -> None:
    holder.lock_of(path).unlink()
    mine.check()
    assert lease.holder_of(path) == mine.me


def test_no_lock_is_made_beside_a_ledger_that_went(path: Path, mine: lease.Lease) -> None:
    holder.lock_of(path).unlink()
    path.rename(path.with_name("移走.ledger"))
    with pytest.raises(LedgerVanished, match="不见了"):
        mine.check()
    assert not holder.lock_of(path).exists()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'{"user": 1}', b"\xff" * 9000, b"[" * 4000])
def test_a_lock_that_is_none_is_somebodys_all_the_same(path: Path, data: bytes, time: Time) -> None:
    """A killed process may leave an empty one: it is nobody's by name, and is taken over like any other."""
    holder.lock_of(path).write_bytes(data)
    watch = lease.Watch()
    with pytest.raises(LedgerHeld, match="另一台电脑"):
        lease.acquire(path, "王芳", watch)
    for _ in range(9):
        look(path, watch)
        time.now += 20
    mine = lease.acquire(path, "王芳", watch)
    mine.check()
    mine.release()


def test_a_ticket_of_somebody_at_work_bars_the_way(path: Path) -> None:
    lock = held_by(path, holder.introduce("旧人"))
    ticket = lock.with_name(lock.name + ".1")
    ticket.write_bytes(holder.as_bytes(ELSEWHERE))
    with pytest.raises(LedgerHeld):
        lease.acquire(path, "王芳")
    assert ticket.exists()


def test_a_ticket_left_by_a_process_that_ended_does_not(path: Path) -> None:
    lock = held_by(path, holder.introduce("旧人"))
    lock.with_name(lock.name + ".1").write_bytes(holder.as_bytes(holder.introduce("旧人")))
    mine = lease.acquire(path, "王芳")
    mine.check()
    mine.release()
    assert list(contents(path.parent)) == [path.name]


def test_a_ticket_watched_with_its_lock_does_not_either(path: Path, time: Time) -> None:
    lock = held_by(path, ELSEWHERE)
    lock.with_name(lock.name + ".1").write_bytes(holder.as_bytes(replace(ELSEWHERE, token="u" * 32)))
    watch = lease.Watch()
    for _ in range(9):
        look(path, watch)
        time.now += 20
    mine = lease.acquire(path, "王芳", watch)
    mine.check()
    mine.release()


def test_two_who_judge_the_same_lock_stale_do_not_both_get_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one's judgement is of a lock that the first has replaced."""
    stale = holder.introduce("旧人")
    lock = held_by(path, stale)
    real = holder.create

    def first_comes_before(place: Path, me: Holder) -> bool:
        made = real(place, me)
        if place != lock and made:
            held_by(path, ELSEWHERE)
        return made

    monkeypatch.setattr(holder, "create", first_comes_before)
    with pytest.raises(LedgerHeld, match="张三"):
        lease.acquire(path, "王芳")
    assert holder.read(lock) == ELSEWHERE
    assert not list(holder.tickets(lock))


def fail_with(number: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "kind", "said"), [(13, LedgerReadOnly, "不能写入"), (30, LedgerReadOnly, "只读"), (28, DiskFull, "空间")]
)
def test_a_place_that_takes_no_lock_says_why(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception], said: str
) -> None:
    monkeypatch.setattr(os, "open", fail_with(number))
    with pytest.raises(kind, match=said):
        lease.acquire(path, "王芳")
    assert list(contents(path.parent)) == [path.name]


def test_a_share_that_is_away_for_a_while_refuses_the_write_and_is_found_again(
    path: Path, mine: lease.Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(type(path), "open", fail_with(5))
        with pytest.raises(LedgerUnreachable, match="一时够不着") as caught:
            mine.check()
    assert is_sentence(caught.value.message)
    mine.check()
