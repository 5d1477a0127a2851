from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.compiling.html.anchors import Back
from copydesk.compiling.html.marked import Anchored, Insert, Marks, Tint, lines_of, mark_lines
from copydesk.model.spans import Stretch

TEXTS = st.text(alphabet="ab \n", min_size=1, max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Marks]:
    text = draw(TEXTS)
    places = draw(
        st.sets(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1]))
    )
    anchored = [
        Anchored(start=s, end=e, id=f"x{s}-{e}", backs=(Back(label="F1", href=f"#{s}-{e}", title=""),))
        for s, e in sorted(places)
    ]
    tints = [Tint(start=s, end=e, css=f"v{s}") for s, e in sorted(places)[:3]]
    inserts = [Insert(at=s, css="arrow", text="", href=f"#i{s}") for s, _ in sorted(places)]
    return text, Marks(anchored=anchored, tints=tints, inserts=inserts)


@given(marked())
def test_overlapping_marks_lose_no_text_and_every_anchor_stands_once(case: tuple[str, Marks]) -> None:
    text, marks = case
    lines = list(lines_of(text, Stretch(start=0, end=len(text))))
    found = mark_lines(text, lines, marks)
    for line, tokens in zip(lines, found, strict=False):
        assert "".join(t.text for t in tokens if t.kind == "text") == text[line.start : line.end]
        depth = 0
        for token in tokens:
            depth += (token.kind == "open") - (token.kind == "close")
            assert depth >= 0
        assert depth == 0
    flat = [t for tokens in found for t in tokens]
    assert sorted(t.id for t in flat if t.id) == sorted(a.id for a in marks.anchored)
    assert sorted(t.href for t in flat if t.css == "back") == sorted(a.backs[0].href for a in marks.anchored)


@given(marked())
def test_an_anchor_opens_where_its_words_begin(case: tuple[str, Marks]) -> None:
    text, marks = case
    lines = list(lines_of(text, Stretch(start=0, end=len(text))))
    starts: dict[str, int] = {}
    for line, tokens in zip(lines, mark_lines(text, lines, marks), strict=False):
        place = line.start
        for token in tokens:
            if token.id:
                starts.setdefault(token.id, place)
            place += len(token.text) if token.kind == "text" else 0
    for anchored in marks.anchored:
        words = [i for i in range(anchored.start, anchored.end) if any(x.start <= i < x.end for x in lines)]
        if words:
            assert starts[anchored.id] == words[0]


def test_crossing_spans_are_split_and_keep_their_words() -> None:
    text = "one two three"
    marks = Marks(anchored=[Anchored(start=0, end=7, id="a"), Anchored(start=4, end=13, id="b")])
    (tokens,) = mark_lines(text, [Stretch(start=0, end=13)], marks)
    assert [(t.kind, t.id or t.text) for t in tokens] == [
        ("open", "a"), ("text", "one "), ("open", "b"), ("text", "two"), ("close", ""), ("close", ""),
        ("open", ""), ("text", " three"), ("close", ""),
    ]  # fmt: skip


def test_tints_add_up_where_they_cross() -> None:
    tints = [Tint(start=0, end=5, css="v1"), Tint(start=3, end=8, css="p p-edited")]
    (tokens,) = mark_lines("abcdefgh", [Stretch(start=0, end=8)], Marks(tints=tints))
    assert [t.text for t in tokens] == ["abc", "de", "fgh"]
    assert set(tokens[1].css.split()) == {"v1", "p", "p-edited"}
