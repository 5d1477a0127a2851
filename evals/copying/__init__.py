"""Beside the copies: the peers of tracing, and its confusions by kind."""
