"""Which element holds the article, and where each line stands to it."""

from __future__ import annotations

import numpy as np

from copydesk.cleaning.flatten import FlatPage, flatten, parse_page
from copydesk.cleaning.judge import without_comments
from copydesk.cleaning.page_tree import TREE_COLUMNS, tree_columns

PARAGRAPH = "The council of the port met on Monday and put off the sale of the old quay until the spring of next year."
PAGE = f"""<html><body><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><div class="story"><p>{PARAGRAPH}</p><p>{PARAGRAPH} Twice.</p><div class="box"><a href="/x">More on quays</a></div>
<p>{PARAGRAPH} Thrice.</p></div><div class="comments"><p>I never liked that quay, and I never will.</p></div></main>
</body></html>"""


def read(markup: str) -> tuple[FlatPage, np.ndarray]:
    tree = parse_page(markup)
    assert tree is not None
    page, _ = flatten(tree, 1000)
    lengths = np.array([len(line.text) for line in page.lines], dtype=np.float64)
    prose = np.array(
        [len(line.text.split()) if line.text.endswith(".") else 0 for line in page.lines], dtype=np.float64
    )
    return page, tree_columns(page.parents, page.marks, lengths, prose)


def column(rows: np.ndarray, name: str) -> list[float]:
    return [float(v) for v in rows[:, TREE_COLUMNS.index(name)]]


def test_the_paragraphs_element_is_found_and_the_menu_stands_outside() -> None:
    page, rows = read(PAGE)
    texts = [line.text for line in page.lines]
    top = dict(zip(texts, column(rows, "in_top"), strict=True))
    assert top[PARAGRAPH] == 1.0
    assert top["Home"] == 0.0
    rise = dict(zip(texts, column(rows, "rise"), strict=True))
    assert rise["Home"] > rise[PARAGRAPH]


def test_parents_stand_before_what_they_hold() -> None:
    page, _ = read(PAGE)
    assert all(parent < i for i, parent in enumerate(page.parents) if i)
    assert all(mark.element < len(page.parents) and page.parents[mark.element] == mark.home for mark in page.marks)


def test_comments_are_unlikely_beside_an_article_and_judged_where_there_is_nothing_else() -> None:
    page, _ = read(PAGE)
    likely = np.full(len(page.lines), 0.9)
    at = next(i for i, line in enumerate(page.lines) if line.text.startswith("I never"))
    assert without_comments(likely, page.lines, page.marks)[at] < 0.5
    alone, _ = read(f'<html><body><div class="comments"><p>{PARAGRAPH}</p></div></body></html>')
    assert (without_comments(np.full(len(alone.lines), 0.9), alone.lines, alone.marks) == 0.9).all()
