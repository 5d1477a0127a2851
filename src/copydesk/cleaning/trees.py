"""The name of a judge of lines → its shipped trees."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from copydesk.linking.trees import Trees, read_trees


@cache
def load_trees(name: str) -> Trees:
    """The trees shipped under a name in this package's weights."""
    return read_trees((files("copydesk.cleaning") / "weights" / f"{name}.npz").read_bytes())
