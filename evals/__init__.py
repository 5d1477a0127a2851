"""Quality against public data, peers beside us in the same run."""
