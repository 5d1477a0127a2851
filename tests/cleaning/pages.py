"""Texts and pages about invented places, for the tests of cleaning."""

from __future__ import annotations

from copydesk.model.captures import Capture, Medium, Stated

HEADLINE = "Harbour council of Port Vessel delays the sale of its oldest quay"
PARAGRAPHS = (
    "The harbour council of Port Vessel voted on Tuesday to delay the sale of the Anchor Quay, the oldest in the town, after three hours of debate that ended shortly before midnight.",
    "Mayor Odile Brandt said the council needed more time to study the two offers it had received, one of them from a shipping company that is based in neighbouring Kestrel Bay.",
    "“Nobody wants to sell the quay in a hurry,” she told reporters outside the town hall. “We owe it to the people who work there to look at every page of both contracts.”",
    "The dockers’ union welcomed the delay.",
    "About 140 people work at the quay, which handled 62,000 tonnes of grain last year, a fifth less than the year before.",
    "A second vote is planned for the first week of the coming month, when the council is due to hear the harbour master and the union before it decides.",
)
TEASERS = (
    (
        "Ferry to Gull Island runs aground in fog",
        "Passengers spent the night on a sandbank after the captain of the...",
    ),
    (
        "Why the lighthouse at Cape Morrow is dark",
        "For the first time in ninety years the lamp has not been lit since...",
    ),
    (
        "Market traders ask for a roof before winter",
        "The stalls on Bell Square have stood in the rain for longer than...",
    ),
    ("School band wins the regional cup again", "The young players from the hill district had practised every..."),
    (
        "Bakers warn of dearer bread in the valley",
        "Flour prices have risen for the fifth month in a row and the guild...",
    ),
)


def capture(text: str, medium: Medium = "text", stated: tuple[Stated, ...] = ()) -> Capture:
    """A capture of some text, named for what it is."""
    return Capture(id="a1", path="pile/a1", content=text.encode(), medium=medium, stated=stated)


def article_text() -> str:
    """A clean article: headline, blank line, paragraphs."""
    return HEADLINE + "\n\n" + "\n".join(PARAGRAPHS) + "\n"


def furnished_text() -> str:
    """The article as flattened from a page: masthead above, teasers inside, author box and tail below."""
    teasers = "\n\n".join(f"{title}\n\n{opening}" for title, opening in TEASERS)
    lines = [
        "11.2 C", "Monday, March 4, 2024", "Home | News | Harbour | Sport | Weather | Contact us", HEADLINE,
        "By Tamsin Orrel", "Published 27 February 2024 | 23:58", "Share\nTweet\nEmail\nPrint", PARAGRAPHS[0], PARAGRAPHS[1],
        "Related stories", teasers, *PARAGRAPHS[2:], "Tamsin Orrel",
        "Tamsin Orrel is a reporter who covers the coast for The Vessel Lantern. Follow her on social media.",
        "Sign up for our newsletter and never miss a story from the harbour.", "Related Articles", "Close", "Latest stories",
        "© 2024 The Vessel Lantern. All rights reserved. No part of this site may be reproduced without prior written permission.",
    ]  # fmt: skip
    return "\n\n".join(lines)


def furnished_page() -> str:
    """The article as a page."""
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:2])
    rest = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[2:])
    teasers = "".join(f"<li><a href='/x'>{title}</a><p>{opening}</p></li>" for title, opening in TEASERS)
    return f"""<!DOCTYPE html><html lang="en"><head><title>{HEADLINE} | The Vessel Lantern</title>
<meta property="og:site_name" content="The Vessel Lantern"><meta property="og:title" content="{HEADLINE}">
<meta name="author" content="Tamsin Orrel"><meta property="article:published_time" content="2024-02-27T23:58:00+01:00">
<script>var ad = "<p>Not for reading, ever, by anybody at all.</p>";</script><style>p {{ color: red }}</style></head>
<body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>{HEADLINE}</h1><p class="byline">By <a href="/t">Tamsin Orrel</a></p><time datetime="2024-02-27">27 February 2024</time>
<div class="article-body">{body}<div class="related"><h3>Related stories</h3><ul>{teasers}</ul></div>{rest}</div></article>
<footer><a href="/p">Privacy policy</a> © 2024 The Vessel Lantern. All rights reserved.</footer></body></html>"""
