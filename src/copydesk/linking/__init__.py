"""Keys that block, a judge that scores batches, a grouping: on arrays."""
