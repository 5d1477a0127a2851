"""Articles, Markup, CopyLinks → Story."""

from __future__ import annotations

from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.streaming import Clustering
from copydesk.linking.columns import FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.stories import Story


def cluster(pile: Pile, encoder: SentenceEncoder[FloatMatrix], options: ClusteringOptions) -> tuple[Story, ...]:
    """The stories of a pile, in order of id; every article is in exactly one.

    `pile.trace` must be filled. What does not belong with anything is a story of its own.
    """
    state = Clustering(encoder, options)
    state.place(pile)
    return state.stories()
