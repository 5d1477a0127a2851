"""Every hostile answer of the bench's list ends within its bounds, as the list says."""

from __future__ import annotations

import pytest

from bench.hostile import Case, cases, meet
from bench.loopback import RSS, answer, serving
from copydesk.model.fetching import FeedState
from copydesk.reading import FetchingOptions
from copydesk.reading.fetching import Fetcher


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_hostile_answer_ends_as_the_list_says(case: Case) -> None:
    became = meet(case)
    assert case.became in became.words
    assert not any(case.absent in capture.content for capture in became.captures)
    assert len(became.asked) < 150, "nothing is asked without an end"


def test_an_entity_of_a_feed_is_never_fetched() -> None:
    with serving() as site:
        site.routes["/feed"] = answer(
            f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{site.base}/dtd" [<!ENTITY n SYSTEM "{site.base}/entity">'
            f'<!ENTITY % p SYSTEM "{site.base}/parameter"> %p;]><rss><channel><item><description>x &n;</description></item></channel></rss>',
            type=RSS,
        )
        with Fetcher(FetchingOptions(private_hosts="127.0.0.1", delay=0.0)) as fetcher:
            list(fetcher.feed(FeedState(url=site.base + "/feed"), lambda key: None))
        assert site.paths() == ["/feed"]
