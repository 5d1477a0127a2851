"""Two articles → the credit of one that names where the other stands.

Such a credit joins nothing by itself, yet with matching text it says that, and which way, the text went.
"""

from __future__ import annotations

from copydesk.model.articles import Article, Credit
from copydesk.model.spans import Span


def credit_for(copy: Article, origin: Article) -> tuple[str, Span] | None:
    """What a credit of `copy` says that names `origin`, and where it stands; None when none does."""
    credit = _naming(copy, origin)
    if credit is None:
        return None
    if credit.kind == "text":
        return f"credits its text to {credit.name}, where the other stands", credit.span
    return f"credits {credit.name} with part of its text, and the other is from {credit.name}", credit.span


def _naming(copy: Article, origin: Article) -> Credit | None:
    own_outlet, outlet = (copy.outlet or "").casefold(), (origin.outlet or "").casefold()
    theirs = {c.name.casefold() for c in origin.credits if c.kind == "text"} | ({outlet} if outlet else set())
    mine = {c.name.casefold() for c in copy.credits if c.kind == "text"} | {own_outlet}
    for credit in copy.credits:
        name = credit.name.casefold()
        if credit.kind == "text" and name == outlet and name != own_outlet:
            return credit
        if credit.kind == "contribution" and name in theirs and name not in mine:
            return credit
    return None


def names_other(left: Article, right: Article) -> bool:
    """Whether a credit of one of the two names where the other stands."""
    return credit_for(left, right) is not None or credit_for(right, left) is not None


def credits_part(left: Article, right: Article) -> bool:
    """Whether one of the two says that a part of its text, no more, came from where the other stands."""
    return any(c is not None and c.kind == "contribution" for c in (_naming(left, right), _naming(right, left)))
