"""The last good state stays through every failure and comes back by itself."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sheets.archive import Archive
from sheets.live import Bug, Live
from sheets.polled import COOL_DOWN, Polled
from sheets.source import Awaited, Damaged, Locked, Missing, Snapshot, SourceError, Throttled, Unreachable
from sheets.table import Table
from sheets.xlsx import Workbook
from tests import handmade

START = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)


class Sheet:
    """A source whose content is set by the test; an exception as content is raised."""

    def __init__(self, content: object = "a", label: str = "sheet") -> None:
        self.content, self.label, self.version, self.reads = content, label, 0, 0

    def put(self, content: object) -> None:
        self.content = content
        self.version += 1

    def sign(self) -> int:
        return self.version

    def read(self) -> Snapshot:
        self.reads += 1
        if isinstance(self.content, Exception):
            raise self.content
        table = Table("Dane", ([str(self.content)],))
        return Snapshot((table,), f"id-{self.content}", START, self.label)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def live(clock: Clock) -> Iterator[Live]:
    live = Live(every=0.01, settle=0.0, patience=60, clock=clock)
    yield live
    live.stop()


def content(live: Live, key: str = "s") -> str:
    """The id of the last good snapshot."""
    snapshot = live.state(key).snapshot
    assert snapshot is not None
    return snapshot.id


def failure(live: Live, key: str = "s") -> type[SourceError]:
    return type(live.state(key).failure)


def test_the_first_state_is_read_by_whoever_asks_and_only_once(live: Live) -> None:
    sheet = Sheet()
    live.watch({"s": sheet})
    assert content(live) == content(live) == "id-a"
    live.look()
    assert sheet.reads == 1


def test_many_who_ask_at_once_cause_one_reading(live: Live) -> None:
    class Slow(Sheet):
        def read(self) -> Snapshot:
            time.sleep(0.1)
            return super().read()

    sheet = Slow()
    live.watch({"s": sheet})
    threads = [threading.Thread(target=live.state, args=("s",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sheet.reads == 1


def test_a_change_is_read_on_the_next_look_and_an_unchanged_source_is_not(live: Live, clock: Clock) -> None:
    sheet = Sheet()
    live.watch({"s": sheet})
    live.look()
    sheet.put("b")
    assert content(live) == "id-a"
    clock.pass_seconds(1)
    live.look()
    live.look()
    assert content(live) == "id-b"
    assert sheet.reads == 2
    assert live.state("s").checked_at == START + dt.timedelta(seconds=1)


def test_a_source_that_keeps_changing_is_not_read_until_it_settles(live: Live) -> None:
    class Saving(Sheet):
        saving = False

        def sign(self) -> int:
            self.version += self.saving
            return self.version

    sheet = Saving()
    live.watch({"s": sheet})
    live.look()
    sheet.saving = True
    live.look()
    live.look()
    assert sheet.reads == 1
    sheet.saving = False
    live.look()
    assert sheet.reads == 2


def test_the_last_good_snapshot_stays_through_a_failure_and_since_when_is_known(
    live: Live, clock: Clock
) -> None:
    sheet = Sheet()
    live.watch({"s": sheet})
    live.look()
    sheet.put(Damaged("sheet", "Ucięty.", "Zapisz."))
    clock.pass_seconds(10)
    live.look()
    clock.pass_seconds(10)
    sheet.put(Missing("sheet", "Nie ma.", "Przywróć."))
    live.look()
    state = live.state("s")
    assert (content(live), type(state.failure)) == ("id-a", Missing)
    assert state.failing_since == START + dt.timedelta(seconds=10)
    assert state.checked_at == START + dt.timedelta(seconds=20)
    sheet.put("a")
    live.look()
    state = live.state("s")
    assert (content(live), state.failure, state.failing_since) == ("id-a", None, None)


def test_a_source_that_never_was_read_well_has_no_snapshot(live: Live) -> None:
    sheet = Sheet(Missing("sheet", "Nie ma.", "Przywróć."))
    live.watch({"s": sheet})
    assert (live.state("s").snapshot, failure(live), live.state("s").failing_since) == (None, Missing, START)


@pytest.mark.parametrize("error", [Damaged("sheet", "Ucięty.", "Zapisz."), KeyError("Anna")])
def test_a_lasting_failure_is_not_read_again_until_a_change_or_much_later(
    live: Live, clock: Clock, error: Exception
) -> None:
    sheet = Sheet(error)
    live.watch({"s": sheet})
    for _ in range(5):
        clock.pass_seconds(1)
        live.look()
    assert sheet.reads == 1
    clock.pass_seconds(60)
    live.look()
    assert sheet.reads == 2
    sheet.put("b")
    live.look()
    assert content(live) == "id-b"


def test_a_passing_failure_is_tried_again_on_every_look(live: Live) -> None:
    sheet = Sheet(Locked("sheet", "Zablokowany.", "Zamknij."))
    live.watch({"s": sheet})
    live.look()
    live.look()
    assert sheet.reads == 2
    sheet.content = "b"  # with the same sign
    live.look()
    assert content(live) == "id-b"


def test_an_error_of_the_program_stops_neither_the_others_nor_tells_a_cell(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    def bug() -> None:
        raise KeyError("Anna Nowak 44051401359")

    broken, sound = Sheet(label="broken"), Sheet(label="sound")
    live.watch({"broken": broken, "sound": sound})
    live.look()
    broken.put("x")
    broken.read = bug  # type: ignore[method-assign,assignment]
    sound.put("b")
    with caplog.at_level(logging.ERROR):
        live.look()
    assert (failure(live, "broken"), content(live, "broken")) == (Bug, "id-a")
    assert (live.state("sound").failure, content(live, "sound")) == (None, "id-b")
    assert "KeyError" in str(live.state("broken").failure)
    assert "KeyError while reading broken" in caplog.text
    assert "Nowak" not in caplog.text + str(live.state("broken").failure)


def test_a_sign_that_cannot_be_seen_is_a_failure_and_passes_with_it(live: Live) -> None:
    def bug() -> int:
        raise ZeroDivisionError

    sheet = Sheet()
    live.watch({"s": sheet})
    live.look()
    real: Callable[[], int] = sheet.sign
    sheet.sign = bug  # type: ignore[method-assign]
    live.look()
    assert (failure(live), content(live)) == (Bug, "id-a")
    sheet.sign = real  # type: ignore[method-assign]
    live.look()
    assert live.state("s").failure is None


def test_watching_again_keeps_the_state_of_equal_sources_only(live: Live) -> None:
    kept, left, new = Sheet("kept"), Sheet("left"), Sheet("new")
    live.watch({"k": kept, "l": left})
    live.look()
    live.watch({"k": kept, "l": new})
    assert (content(live, "k"), content(live, "l"), kept.reads) == ("id-kept", "id-new", 1)
    live.watch({"k": kept})
    with pytest.raises(KeyError):
        live.state("l")


def test_the_thread_sees_changes_by_itself_and_can_be_stopped_and_started(live: Live) -> None:
    sheet = Sheet()
    live.watch({"s": sheet})
    for new in ("b", "c"):
        live.start()
        sheet.put(new)
        _wait(lambda new=new: content(live) == f"id-{new}")  # type: ignore[misc]
        live.stop()
    sheet.put("d")
    time.sleep(0.05)
    assert content(live) == "id-c"


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_workbook_deleted_replaced_and_restored_keeps_its_last_good_data(
    live: Live, tmp_path: Path
) -> None:
    path = handmade.workbook(tmp_path / "a.xlsx", handmade.cells("A1"))
    whole = path.read_bytes()
    live.watch({"s": Workbook(path)})
    good = content(live)
    for harm, kind in ((whole[:300], Damaged), (b"", Damaged), (b"\x89PNG\r\n", Damaged), (None, Missing)):
        if harm is None:
            path.unlink()
        else:
            path.write_bytes(harm)
        live.look()
        assert (failure(live), content(live)) == (kind, good)
    path.write_bytes(whole)
    live.look()
    assert (live.state("s").failure, content(live)) == (None, good)
    handmade.workbook(path, handmade.cells("A1", "A2"))
    live.look()
    assert content(live) != good


# --- far away -----------------------------------------------------------------------------------


class Distant(Sheet):
    """A sheet that is read over a network: each reading waits until it is let through."""

    def __init__(self, content: object = "a", label: str = "sheet") -> None:
        super().__init__(content, label)
        self.open, self.began, self.forgotten = threading.Event(), threading.Event(), 0
        self.open.set()

    def forget(self) -> None:
        self.forgotten += 1

    def read(self) -> Snapshot:
        self.began.set()
        assert self.open.wait(5)
        return super().read()


def test_nobody_waits_for_a_source_far_away_nor_is_it_looked_at(live: Live, clock: Clock) -> None:
    sheet = Distant()
    live.watch({}, {"s": (sheet, 60.0)})
    live.look()
    state = live.state("s")
    assert (state.snapshot, type(state.failure), sheet.reads) == (None, Awaited, 0)


def test_a_source_far_away_is_read_by_itself_and_a_slow_one_delays_no_other(live: Live) -> None:
    slow, quick, near = Distant("slow"), Distant("quick"), Sheet("near")
    slow.open.clear()
    live.watch({"n": near}, {"s": (slow, 0.02), "q": (quick, 0.02)})
    live._clock = live._polled["s"]._clock = live._polled["q"]._clock = _now
    live.start()
    assert slow.began.wait(5)
    _wait(lambda: quick.reads > 3 and near.reads == 1)
    near.put("new")
    _wait(lambda: content(live, "n") == "id-new")
    assert isinstance(live.state("s").failure, Awaited)
    slow.open.set()
    _wait(lambda: live.state("s").snapshot is not None)
    live.stop()
    reads = quick.reads
    time.sleep(0.1)
    assert quick.reads <= reads + 1


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_reading_under_way_does_not_hold_up_the_end(live: Live) -> None:
    sheet = Distant()
    sheet.open.clear()
    live.watch({}, {"s": (sheet, 60.0)})
    live.start()
    assert sheet.began.wait(5)
    started = time.monotonic()
    live.stop()
    assert time.monotonic() - started < 4  # the reading itself would take five seconds
    sheet.open.set()


def test_sources_read_at_different_moments_and_about_as_often_as_asked(clock: Clock) -> None:
    polled = [Polled(f"s{number}", Distant(), 60.0, clock) for number in range(20)]
    assert {it.due() for it in polled} == {0.0}
    for it in polled:
        it.refresh()
    pauses = {it.due() for it in polled}
    assert len(pauses) > 10
    assert 54 <= min(pauses) <= max(pauses) <= 66


def test_a_failure_is_tried_again_soon_but_not_before_it_is_allowed(clock: Clock) -> None:
    sheet = Distant(Unreachable("sheet", "Nie ma sieci.", "Poczekaj."))
    polled = Polled("s", sheet, 3600.0, clock)
    polled.refresh()
    assert 54 <= polled.due() <= 66
    sheet.put(Throttled("sheet", "Za często.", "Poczekaj.", wait=300.0))
    polled.refresh()
    assert polled.due() == 300
    assert polled.ask() == 300
    sheet.put("b")
    polled.refresh()
    assert 3240 <= polled.due() <= 3960


def test_the_same_content_stays_the_same_snapshot_with_the_time_of_the_last_reading(clock: Clock) -> None:
    polled = Polled("s", Distant(), 60.0, clock)
    polled.refresh()
    first = polled.state
    clock.pass_seconds(60)
    polled.refresh()
    assert polled.state.snapshot is first.snapshot
    assert polled.state.read_at == START + dt.timedelta(seconds=60)


def test_a_clock_set_back_by_hours_does_not_stop_the_reading(clock: Clock) -> None:
    polled = Polled("s", Distant(), 60.0, clock)
    polled.refresh()
    clock.pass_seconds(-5 * 3600)
    assert polled.due() <= 66


def test_people_may_ask_for_a_reading_but_not_again_at_once(live: Live, clock: Clock) -> None:
    sheet = Distant()
    live.watch({}, {"s": (sheet, 3600.0)})
    live.start()
    _wait(lambda: sheet.reads == 1)
    sheet.put("b")
    assert live.refresh("s") == 0
    _wait(lambda: content(live) == "id-b")
    assert live.refresh("s") == COOL_DOWN
    clock.pass_seconds(10)
    assert live.refresh("s") == COOL_DOWN - 10
    clock.pass_seconds(10)
    assert live.refresh("s") == 0
    _wait(lambda: sheet.reads == 3)
    assert sheet.forgotten == 2


def test_a_source_read_in_another_way_keeps_its_last_good_state(live: Live, clock: Clock) -> None:
    old, new = Distant("a"), Distant(Missing("sheet", "Nie ma.", "Przywróć."))
    live.watch({}, {"s": (old, 60.0)})
    live._polled["s"].refresh()
    live.watch({}, {"s": (old, 30.0)})
    assert live.state("s").failure is None
    live.watch({}, {"s": (new, 60.0)})
    live._polled["s"].refresh()
    assert (content(live), failure(live)) == ("id-a", Missing)
    live.watch({})
    with pytest.raises(KeyError):
        live.state("s")


def test_an_error_of_the_program_far_away_tells_no_cell_either(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    polled = Polled("s", Distant(KeyError("Anna Nowak")), 60.0, clock)
    with caplog.at_level(logging.ERROR):
        polled.refresh()
    assert isinstance(polled.state.failure, Bug)
    assert "Nowak" not in caplog.text + str(polled.state.failure)


def test_what_was_read_far_away_is_there_after_a_restart(clock: Clock, tmp_path: Path) -> None:
    before = Live(clock=clock, archive=Archive(tmp_path))
    before.watch({}, {"s": (Distant(), 60.0)})
    before._polled["s"].refresh()
    clock.pass_seconds(3600)
    after = Live(clock=clock, archive=Archive(tmp_path))
    after.watch({}, {"s": (Distant("b"), 60.0)})
    state = after.state("s")
    assert (content(after), type(state.failure), state.read_at) == ("id-a", Awaited, START)
    after._polled["s"].refresh()
    assert (content(after), after.state("s").failure) == ("id-b", None)
