"""Articles, Markup, CopyLinks → Story."""

from copydesk.clustering.cluster import cluster
from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.streaming import Clustering
from copydesk.clustering.terms import lead_of

VERSION = "3"

__all__ = ["VERSION", "Clustering", "ClusteringOptions", "cluster", "lead_of"]
