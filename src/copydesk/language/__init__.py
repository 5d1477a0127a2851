"""The learned language models: choosing, loading, batching."""
