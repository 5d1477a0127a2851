"""What is counted of an article's words."""

from __future__ import annotations

from collections import Counter

import pytest

from copydesk.clustering.terms import count_terms, lead_terms, name_terms, parts_of, text_terms, views_of
from tests.clustering.piles import article, pile_of

LEAD_WORDS = 8


@pytest.mark.parametrize(
    "text", ["The mayor of Oderholm resigned. The mayor's office said so on Monday, and Mayor Lind too.", "Tide.", ""]
)
def test_terms_hold_every_view_of_an_article(text: str) -> None:
    pile = pile_of(article("a", "Mayor Lind of Oderholm resigns", text))
    (told,), (markup,) = pile.articles, pile.markups
    terms = count_terms(told, markup, LEAD_WORDS)
    words = [word for part in parts_of(terms) for word in part]
    assert len(words) == len(set(words))
    views = [
        Counter({words[place]: count for place, count in zip(p.tolist(), c.tolist(), strict=True)})
        for p, c in views_of(terms)
    ]
    assert views == [text_terms(told), lead_terms(told, LEAD_WORDS), name_terms(markup)]
