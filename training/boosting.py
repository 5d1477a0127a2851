"""Fitted gradient-boosted trees → the bytes of a .npz that `copydesk.linking.trees` reads."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


def pack_trees(model: HistGradientBoostingClassifier, columns: Sequence[str]) -> bytes:
    """The trees as arrays; a leaf points at itself, so that every row takes the same number of steps."""
    return pack_mean([model], columns)


def pack_mean(models: Sequence[HistGradientBoostingClassifier], columns: Sequence[str]) -> bytes:
    """The trees of several models as those of one, whose log-odds are the mean of theirs."""
    parts: dict[str, list[Any]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    roots, depth = [], 0
    for (tree,) in (trees for model in models for trees in model._predictors):
        nodes = tree.nodes
        offset = sum(len(p) for p in parts["feature"])
        roots.append(offset)
        own = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, np.inf, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"]) + offset)
        parts["right"].append(np.where(leaf, own, nodes["right"]) + offset)
        parts["value"].append(np.where(leaf, nodes["value"] / len(models), 0.0))
        depth = max(depth, int(nodes["depth"].max()))
    arrays = {k: np.concatenate(v) for k, v in parts.items()}
    held = BytesIO()
    np.savez_compressed(
        held, columns=np.array(columns), feature=arrays["feature"].astype(np.int16),
        threshold=arrays["threshold"].astype(np.float32), left=arrays["left"].astype(np.int32),
        right=arrays["right"].astype(np.int32), value=arrays["value"].astype(np.float32),
        roots=np.array(roots, dtype=np.int32), depth=depth, start=float(np.mean([np.ravel(model._baseline_prediction)[0] for model in models])),
    )  # fmt: skip
    return held.getvalue()
