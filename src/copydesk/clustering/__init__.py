"""Articles, Markup, CopyLinks → Story."""

from copydesk.clustering.cluster import cluster
from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.terms import lead_of

VERSION = "1"

__all__ = ["VERSION", "ClusteringOptions", "cluster", "lead_of"]
