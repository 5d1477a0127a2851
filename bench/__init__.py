"""Speed, memory and growth, peers beside us in the same run."""
