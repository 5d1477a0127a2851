"""What every article keeps to, whatever was captured."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import KEPT_KINDS, Article, Repeats
from copydesk.model.captures import Skipped
from tests.cleaning.pages import PARAGRAPHS, article_text, capture, furnished_page, furnished_text

OPTIONS = CleaningOptions()
ALONE = Repeats(pages=1, by_pile={}, by_outlet={})

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*PARAGRAPHS, "Home", "Read more", "© 2020 The Lantern", "PORT VESSEL (Reuters) – Rain fell.", ""]
        ),
        st.text(max_size=60),
    ),
    max_size=25,
)


def check(article: Article) -> None:
    source, text = article.source_text, article.text
    covered = bytearray(len(source))
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(source)
        end = block.end
        covered[block.start : block.end] = b"\x01" * (block.end - block.start)
        assert block.reason
        assert (block.at is not None) == (block.kind in KEPT_KINDS)
        if block.at is not None:
            assert text[block.at : block.at + block.end - block.start] == source[block.start : block.end]
    assert all(is_in or character.isspace() for character, is_in in zip(source, covered, strict=True))
    kept = sorted((b for b in article.blocks if b.at is not None), key=lambda b: b.at or 0)
    assert text == "\n\n".join(source[b.start : b.end] for b in kept)
    assert [b.kind for b in kept].count("headline") <= 1


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\u2028"]))
def test_blocks_cover_the_source_and_give_the_text_back_character_for_character(lines: list[str], between: str) -> None:
    found = clean(capture(between.join(lines).encode("utf-8", "replace").decode()), ALONE, OPTIONS)
    if isinstance(found, Article):
        check(found)
        assert found == clean(capture(between.join(lines).encode("utf-8", "replace").decode()), ALONE, OPTIONS)
    else:
        assert found.reason


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<a href='x'>",
                "</a>",
                "<br>",
                "<td>",
                "<script>",
                "<b>",
                PARAGRAPHS[0],
                "word ",
                "&amp;",
                "<!-- c -->",
                "<",
                "\x00",
            ]
        ),
        max_size=60,
    )
)
def test_blocks_of_any_markup_cover_the_flattened_page(pieces: list[str]) -> None:
    found = clean(capture("".join(pieces), "html"), ALONE, OPTIONS)
    if isinstance(found, Article):
        check(found)


def test_a_furnished_page_and_its_flattened_text_keep_the_same_article() -> None:
    for made in (capture(furnished_text()), capture(furnished_page(), "html"), capture(article_text())):
        article = clean(made, ALONE, OPTIONS)
        assert isinstance(article, Article)
        check(article)
        body = [article.source_text[b.start : b.end] for b in article.blocks if b.kind == "body"]
        assert body == list(PARAGRAPHS)


def test_what_was_dropped_says_what_it_is() -> None:
    article = clean(capture(furnished_text()), ALONE, OPTIONS)
    assert isinstance(article, Article)
    reasons = {article.source_text[b.start : b.end]: b.reason for b in article.blocks if b.at is None}
    assert reasons["11.2 C"] == "weather"
    assert reasons["Related stories"] == "points to other articles"
    assert "breaks off" in next(r for line, r in reasons.items() if line.endswith("since..."))
    kinds = {b.kind for b in article.blocks}
    assert {"headline", "body", "byline", "legal", "furniture"} <= kinds


def test_nothing_readable_is_skipped_with_its_reason() -> None:
    for content in ("", " \n\t\n", "\x00\x00", "12 345 – 67", "<html><body></body></html>"):
        found = clean(capture(content, "html" if "<" in content else "text"), ALONE, OPTIONS)
        assert isinstance(found, Skipped)
        assert found.stage == "cleaning"
        assert found.reason.startswith("nothing readable")


def test_a_file_over_the_limit_is_skipped_not_read() -> None:
    found = clean(capture("word " * 100), ALONE, CleaningOptions(max_bytes=100))
    assert isinstance(found, Skipped)
    assert "too large" in found.reason


def test_cleaning_does_not_depend_on_what_was_cleaned_before() -> None:
    first = clean(capture(furnished_page(), "html"), ALONE, OPTIONS)
    repeats = find_repeats([capture(furnished_page(), "html")], OPTIONS)
    clean(capture(article_text()), ALONE, OPTIONS)
    assert first == clean(capture(furnished_page(), "html"), ALONE, OPTIONS)
    assert repeats.by_pile == {}
