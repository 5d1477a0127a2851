"""Articles, Markup, CopyLinks → Story."""

from copydesk.clustering.cluster import cluster
from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.streaming import Clustering
from copydesk.clustering.terms import count_terms, lead_of

VERSION = "4"

__all__ = ["VERSION", "Clustering", "ClusteringOptions", "cluster", "count_terms", "lead_of"]
