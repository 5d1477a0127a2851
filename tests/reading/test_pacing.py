from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reading import FetchingOptions
from copydesk.reading.pacing import RETRY_MAX, Lanes, after_failure, back_off, next_asking, next_look, seconds_of
from tests.reading.clocks import NOON


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 06 May 2031 12:01:30 GMT", 90.0),
        ("Tue, 06 May 2031 11:00:00 GMT", 0.0),
        ("Tue, 06 May 2031 14:01:30 +0200", 90.0),
        ("99999999999999999999", RETRY_MAX),
        ("Fri, 31 Dec 9999 23:59:59 GMT", RETRY_MAX),
        ("-5", None),
        ("soon", None),
        ("1e9", None),
        ("٣", None),
        (None, None),
    ],
)
def test_retry_after_is_understood_in_both_its_forms_and_never_for_longer_than_a_week(
    said: str | None, seconds: float | None
) -> None:
    assert seconds_of(said, NOON) == seconds


def test_each_failure_doubles_the_wait_up_to_its_limit() -> None:
    options = FetchingOptions(back_off=10.0, back_off_max=70.0)
    assert [back_off(n, options) for n in (1, 2, 3, 4, 5, 5000)] == [10.0, 20.0, 40.0, 70.0, 70.0, 70.0]


def test_the_later_of_the_servers_word_and_our_own_back_off_holds() -> None:
    options = FetchingOptions(back_off=100.0)
    assert after_failure(NOON, 1, "30", options) == NOON + timedelta(seconds=100)
    assert after_failure(NOON, 1, "300", options) == NOON + timedelta(seconds=300)


def test_a_feed_may_put_its_next_asking_off_but_not_for_days() -> None:
    options = FetchingOptions(interval=300.0)
    assert next_asking(NOON, (None, None), options) == NOON + timedelta(seconds=300)
    assert next_asking(NOON, (60.0, 1800.0), options) == NOON + timedelta(seconds=1800)
    assert next_asking(NOON, (None, 1e12), options) == NOON + timedelta(hours=6)


def test_a_page_is_looked_at_again_after_twice_as_long_each_time_and_then_no_more() -> None:
    options = FetchingOptions(revisit=3600.0, revisit_max=4 * 3600.0)
    hours, before, now = [], None, NOON
    while (again := next_look(now, before, options)) is not None:
        hours.append((again - now).total_seconds() / 3600)
        before, now = now, again
    assert hours == [1.0, 2.0, 4.0]
    assert next_look(NOON, NOON - timedelta(days=9), options) is None
    assert next_look(NOON, None, FetchingOptions(revisit=0.0)) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 99)), max_size=30))
def test_every_job_is_done_once_each_hosts_in_order_and_never_two_of_a_host_at_a_time(
    jobs: list[tuple[str, int]],
) -> None:
    lanes: Lanes[tuple[str, int]] = Lanes()
    for job in jobs:
        lanes.add(job[0], job)
    taken, running, now = [], [], NOON
    while True:
        while (found := lanes.take(now)) is not None:
            assert found[0] not in [host for host, _ in running]
            running.append(found)
        if running:
            host, job = running.pop(0)
            taken.append(job)
            lanes.done(host, now + timedelta(seconds=5))
        elif (pause := lanes.wait(now)) is not None:
            assert 0 < pause <= 5
            now += timedelta(seconds=pause)
        else:
            break
    assert sorted(taken) == sorted(jobs)
    for host in "abc":
        assert [job for job in taken if job[0] == host] == [job for job in jobs if job[0] == host]


def test_jobs_of_a_host_that_is_not_free_in_time_are_taken_out_with_the_time_at_which_it_will_be() -> None:
    lanes: Lanes[str] = Lanes()
    lanes.add("slow", "one")
    lanes.add("slow", "two")
    lanes.add("quick", "three")
    taken = lanes.take(NOON)
    assert taken == ("slow", "one")
    free = NOON + timedelta(hours=1)
    lanes.done("slow", free)
    assert lanes.too_late(NOON + timedelta(minutes=1)) == [(free, "two")]
    assert lanes.rest() == ["three"]
    assert lanes.wait(NOON) is None
