"""Stories and events → the joins and splits that cost most, explained in the product's own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from copydesk.clustering import Clustering
from copydesk.model.articles import Article

SHOWN = 60  # characters of a headline


def worst_of(
    gold: Mapping[str, str], found: Mapping[str, str], known: tuple[Mapping[str, Article], Clustering], count: int
) -> Iterator[str]:
    """So many stories that mix events, and so many events that are torn, the costliest first, a few lines each.

    The cost of a mixed story is what it takes from the sum of B³ precision, of a torn event from that of recall.
    """
    articles, state = known
    for title, ours, theirs in (("join", found, gold), ("split", gold, found)):
        costs = []
        for name, members in sorted(_members(ours).items()):
            parts = Counter(theirs[m] for m in members)
            cost = len(members) - sum(n * n for n in parts.values()) / len(members)
            if cost > 0:
                costs.append((-cost, name, members, parts))
        costs.sort(key=lambda c: c[:2])
        yield f"worst {title}s: {len(costs)} in all"
        for cost, name, members, parts in costs[:count]:
            yield f"  {title} {name}: costs {-cost / len(gold):.4f}; {len(members)} articles in {len(parts)} parts {sorted(parts.values(), reverse=True)}"
            first, *others = [p for p, _ in sorted(parts.items(), key=lambda p: (-p[1], p[0]))]
            for part in others[:4]:
                yield f"    {_explain([m for m in members if theirs[m] == first], [m for m in members if theirs[m] == part], articles, state)}"


def _members(story_of: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record in sorted(story_of):
        found[story_of[record]].append(record)
    return found


def _explain(ones: list[str], others: list[str], articles: Mapping[str, Article], state: Clustering) -> str:
    """The mean likeness between two parts, and the pair across them that is most alike."""
    pairs = [(articles[a], articles[b]) for a in ones for b in others if a in articles and b in articles]
    if not pairs:
        return "an article of it could not be read"
    scores = {(a.id, b.id): state.likeness(a.id, b.id) for a, b in pairs}
    a, b = max(pairs, key=lambda p: (scores[p[0].id, p[1].id], p[0].id, p[1].id))
    mean = sum(scores.values()) / len(scores)
    return (
        f"{len(ones)} and {len(others)}, mean likeness {mean:.2f}; nearest {scores[a.id, b.id]:.2f} "
        f"({state.describe(a.id, b.id)}): {a.headline[:SHOWN]!r} and {b.headline[:SHOWN]!r}"
    )
