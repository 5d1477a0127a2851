"""Stories and events → a picture of how large the stories are and how pure, as SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import log2

WIDTH, HEIGHT, MARGIN = 640, 400, 50
RADIUS = 3  # of the dot of one story


def draw_stories(gold: Mapping[str, str], found: Mapping[str, str], name: str) -> str:
    """A dot for each size and purity of a story (the share of its largest event), its area after how many there are."""
    members: dict[str, list[str]] = defaultdict(list)
    for record, story in found.items():
        members[story].append(gold[record])
    dots = Counter((len(m), max(Counter(m).values()) / len(m)) for m in members.values())
    widest = log2(max(2, *(size for size, _ in dots)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{MARGIN}" y="24">{_plain(name)}: {len(found)} articles, {len(members)} stories, {len(set(gold.values()))} events</text>',
        f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">articles in a story (logarithmic)</text>',
        f'<text transform="translate(14 {HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">purity</text>',
    ]
    for purity in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(purity)
        parts.append(f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{purity:g}</text>')
    for power in range(int(widest) + 1):
        x = MARGIN + (WIDTH - 2 * MARGIN) * power / widest
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{2**power}</text>')
    for (size, purity), count in sorted(dots.items()):
        x = MARGIN + (WIDTH - 2 * MARGIN) * log2(size) / widest
        parts.append(
            f'<circle cx="{x:.1f}" cy="{_y(purity):.1f}" r="{RADIUS * count**0.5:.1f}" fill="#1f6f8b" fill-opacity="0.6">'
            f"<title>{count} of {size} articles, purity {purity:.2f}</title></circle>"
        )
    return "\n".join([*parts, *_key(max(dots.values(), default=1)), "</svg>", ""])


def _key(most: int) -> Iterator[str]:
    """What the size of a dot stands for, in the lower right corner: few stories are large and impure."""
    counts = sorted({1, max(1, most // 4), most})
    widest = RADIUS * most**0.5
    x, y = WIDTH - MARGIN - widest - 90, HEIGHT - MARGIN - 14.0
    for count in reversed(counts):
        radius = RADIUS * count**0.5
        y -= max(radius, 8)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="#1f6f8b"/>'
        yield f'<text x="{x + widest + 8:.1f}" y="{y + 4:.1f}">{count} {"story" if count == 1 else "stories"}</text>'
        y -= max(radius, 8) + 4
    yield f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">size of a dot</text>'


def _y(purity: float) -> float:
    return MARGIN + (HEIGHT - 2 * MARGIN) * (1 - purity)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
