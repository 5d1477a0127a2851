"""SearchQuery → the SQL that finds its articles."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.model.desks import HIT_END, HIT_START, SearchQuery
from copydesk.store.connection import Row, Value
from copydesk.store.values import whole

SNIPPET_WORDS = 24
HEADLINE_WEIGHT, BODY_WEIGHT, WHO_WEIGHT = (
    4.0,
    1.0,
    2.0,
)  # a word of the headline tells more of what an article is about
RANK = f"bm25(words, {HEADLINE_WEIGHT}, {BODY_WEIGHT}, {WHO_WEIGHT})"
COLUMNS = """a.id, snippet(words, -1, ?, ?, '…', ?), snippet(words, 0, '', '', '', 64), a.outlet, a.value, a.url,
    (SELECT story FROM story_articles WHERE article = a.id)"""


def quoted(words: str) -> str:
    """Words as FTS5 takes them literally: nothing in them is an operator. A star behind them asks for a beginning."""
    plain = words.rstrip("*")
    return f'"{plain.replace(chr(34), " ")}"' + ("*" if plain != words else "")


def match_of(query: SearchQuery) -> str:
    """The full-text part of a query, "" when it has none."""
    parts = [f"{{headline body}} : {quoted(w)}" for w in query.must]
    parts += [f"who : {quoted(w)}" for w in query.who]
    if query.like:
        parts.append("(" + " OR ".join(f"{{headline body}} : {quoted(w)}" for w in query.like) + ")")
    found = " AND ".join(parts)
    for word in query.must_not if found else ():
        found = f"({found}) NOT {quoted(word)}"
    return found


def conditions_of(query: SearchQuery) -> tuple[list[str], list[Value]]:
    """What narrows a search beside its words."""
    found: list[str] = []
    values: list[Value] = []
    for outlet in query.outlet:
        found.append("a.outlet LIKE ? ESCAPE '\\'")
        values.append(_inside(outlet))
    for voice in query.voice:
        found.append("a.id IN (SELECT article FROM article_voices WHERE voice = ? OR name LIKE ? ESCAPE '\\')")
        values += [voice, _inside(voice)]
    for story in query.story:
        found.append(
            """a.id IN (SELECT article FROM story_articles WHERE story LIKE ? ESCAPE '\\'
                OR story = (SELECT story FROM story_names WHERE id = ?))"""
        )
        values += [_escaped(story) + "%", story]
    if query.before is not None:
        found.append("a.earliest IS NOT NULL AND a.latest < ?")
        values.append(query.before.isoformat())
    if query.after is not None:
        found.append("a.latest IS NOT NULL AND a.earliest >= ?")
        values.append(query.after.isoformat())
    return found, values


def statement_of(query: SearchQuery) -> tuple[str, list[Value]]:
    """The statement whose rows are `COLUMNS` and a score, the best first."""
    match = match_of(query)
    narrowed, values = conditions_of(query)
    if not match:
        where = " AND ".join(narrowed) or "0"
        statement = f"""SELECT a.id, substr(w.body, 1, 200), w.headline, a.outlet, a.value, a.url,
            (SELECT story FROM story_articles WHERE article = a.id), 0.0
            FROM articles a JOIN words w ON w.rowid = a.number WHERE {where}
            ORDER BY a.latest IS NULL, a.latest DESC, a.id LIMIT ?"""
        return statement, [*values, query.limit]
    # The ranked rows are cut before a snippet is made: that costs more than finding them. What narrows them is looked up
    # once, in an index that holds all it asks for (the plus keeps SQLite from asking FTS5 for one row at a time).
    inside = (
        f" AND +words.rowid IN (SELECT a.number FROM articles a WHERE {' AND '.join(narrowed)})" if narrowed else ""
    )
    ranked = f"""SELECT words.rowid AS number, {RANK} AS score FROM words WHERE words MATCH ?{inside}
        ORDER BY score, words.rowid LIMIT ?"""
    statement = f"""SELECT {COLUMNS}, best.score FROM ({ranked}) best JOIN articles a ON a.number = best.number
        JOIN words ON words.rowid = best.number WHERE words MATCH ? ORDER BY best.score, a.id"""
    return statement, [HIT_START, HIT_END, SNIPPET_WORDS, match, *values, query.limit, match]


def words_of(rows: Iterable[Row], limit: int) -> tuple[str, ...]:
    """The rarest of the words in (word, articles) rows."""
    return tuple(str(word) for word, _ in sorted(rows, key=lambda r: (whole(r[1]), str(r[0])))[:limit])


def _inside(words: str) -> str:
    return f"%{_escaped(words)}%"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
