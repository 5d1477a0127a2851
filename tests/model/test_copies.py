"""Which voices stand behind a stretch of an article."""

from __future__ import annotations

from copydesk.model.copies import Trace, Voice, VoiceShare
from copydesk.model.spans import Span, Stretch


def voice(name: str, *articles: str) -> Voice:
    return Voice(id=name, name=name, kind="outlet", articles=articles, reasons=())


def share(name: str, part: float, start: int, end: int) -> VoiceShare:
    return VoiceShare(voice=name, share=part, spans=(Stretch(start=start, end=end),), reasons=())


def test_the_left_over_of_a_copy_is_no_witness() -> None:
    trace = Trace(
        links=(),
        lines=(),
        voices=(voice("wire", "a"), voice("page")),
        shares={"a": (share("wire", 0.9, 100, 1000), share("page", 0.1, 0, 100))},
    )
    assert trace.voices_at(Span(article="a", start=0, end=90)) == ("wire",)


def test_a_passage_of_a_voice_that_is_listed_elsewhere_counts_for_it() -> None:
    trace = Trace(
        links=(),
        lines=(),
        voices=(voice("own", "a"), voice("wire", "b")),
        shares={"a": (share("own", 0.8, 0, 800), share("wire", 0.2, 800, 1000))},
    )
    assert trace.voices_at(Span(article="a", start=820, end=990)) == ("wire",)
    assert trace.voices_at(Span(article="a", start=20, end=90)) == ("own",)


def test_an_article_without_a_voice_has_none_anywhere() -> None:
    assert Trace(links=(), lines=(), voices=(), shares={}).voices_at(Span(article="a", start=0, end=9)) == ()
