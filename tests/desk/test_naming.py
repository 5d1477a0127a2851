"""Names that last, and what changed from text to text."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from copydesk.desk.naming import changes, name_stories
from copydesk.desk.revisions import find_changes
from copydesk.model.desks import StoryRow
from copydesk.model.stories import Membership, Story

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def story(name: str, *articles: str, part_of: str | None = None) -> Story:
    membership = tuple(Membership(article=a, reasons=("alike",)) for a in articles)
    return Story(id=name, articles=articles, membership=membership, part_of=part_of)


def row(name: str, *articles: str) -> StoryRow:
    return StoryRow(
        id=name, key=f"k-{name}", headline=f"Story {name}", articles=articles, voices=(), facts=0, corroborated=0, disputed=0,
        conflicts=0, value=None, earliest=None, latest=None, outlets=(), languages=(), places=(), arrivals=(), added=NOON,
        changed=NOON,
    )  # fmt: skip


def test_a_story_keeps_its_name_when_it_grows() -> None:
    named = name_stories([story("s-new", "a", "b", "c")], [row("s-old", "a", "b")])
    assert [s.id for s in named.stories] == ["s-old"] and named.renamed == {}


def test_when_a_story_parts_the_larger_part_keeps_the_name() -> None:
    named = name_stories([story("s-1", "a", "b"), story("s-2", "c")], [row("s-old", "a", "b", "c")])
    assert {s.id: s.articles for s in named.stories} == {"s-old": ("a", "b"), "s-2": ("c",)}


def test_when_stories_join_the_name_that_goes_leads_to_the_one_that_stays() -> None:
    named = name_stories([story("s-1", "a", "b", "c")], [row("s-x", "a", "b"), row("s-y", "c")])
    assert [s.id for s in named.stories] == ["s-x"] and named.renamed == {"s-y": "s-x"}
    told = changes([row("s-x", "a", "b", "c")], [row("s-x", "a", "b"), row("s-y", "c")], named.renamed, NOON)
    assert [(e.kind, e.story) for e in told] == [("grew", "s-x"), ("joined", "s-x")]


def test_a_new_story_never_takes_a_name_that_is_another_s() -> None:
    named = name_stories([story("s-1", "a", "b"), story("s-old", "c")], [row("s-old", "a", "b")])
    assert {s.articles: s.id for s in named.stories}[("a", "b")] == "s-old"
    assert len({s.id for s in named.stories}) == 2


def test_what_a_story_follows_is_named_anew_too() -> None:
    named = name_stories([story("s-1", "a"), story("s-2", "b", part_of="s-1")], [row("s-old", "a")])
    assert {s.id: s.part_of for s in named.stories} == {"s-old": None, "s-2": "s-old"}


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
)
def test_every_story_has_one_name_and_every_old_name_leads_somewhere(now: list[int], before: list[int]) -> None:
    def grouped(labels: list[int]) -> dict[int, list[str]]:
        groups: dict[int, list[str]] = {}
        for number, label in enumerate(labels):
            groups.setdefault(label, []).append(f"a{number:02}")
        return groups

    stories = [story(f"s-n{k}", *v) for k, v in grouped(now).items()]
    rows = [row(f"s-o{k}", *v) for k, v in grouped(before).items()]
    named = name_stories(stories, rows)
    ids = {s.id for s in named.stories}
    assert len(ids) == len(stories) == len(named.stories)
    held = {a for s in stories for a in s.articles}
    for old in rows:
        if held.intersection(old.articles):
            assert old.id in ids or named.renamed[old.id] in ids


@given(st.text("ab c.\n", max_size=60), st.text("ab c.\n", max_size=60))
def test_changes_turn_one_text_into_the_next(before: str, after: str) -> None:
    words_before, words_after = before, after
    built, at = [], 0
    for change in find_changes(words_before, words_after):
        built.append(words_before[at : change.before.start])
        built.append(words_after[change.after.start : change.after.end])
        at = change.before.end
    built.append(words_before[at:])
    assert "".join("".join(built).split()) == "".join(words_after.split())


def test_changes_cover_only_what_differs() -> None:
    (change,) = find_changes("Two people died on Tuesday.", "Three people died on Tuesday.")
    assert (change.before.start, change.before.end, change.after.end) == (0, 3, 5)
    (cut,) = find_changes("A ferry, empty, sank.", "A ferry, sank.")
    assert cut.after.start == cut.after.end
    assert find_changes("same  words", "same words") == ()
