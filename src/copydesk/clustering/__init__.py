"""Articles, Markup, CopyLinks → Story."""

from copydesk.clustering.cluster import cluster
from copydesk.clustering.options import ClusteringOptions

VERSION = "1"

__all__ = ["VERSION", "ClusteringOptions", "cluster"]
