"""Articles, Markup, CopyLinks → Story."""

from copydesk.clustering.cluster import cluster
from copydesk.clustering.keeping import ROWS_A_PART, Kept, KeptRows
from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.streaming import Clustering
from copydesk.clustering.terms import count_terms, lead_of

VERSION = "4"

__all__ = [
    "ROWS_A_PART",
    "VERSION",
    "Clustering",
    "ClusteringOptions",
    "Kept",
    "KeptRows",
    "cluster",
    "count_terms",
    "lead_of",
]
