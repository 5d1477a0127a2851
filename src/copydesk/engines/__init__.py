"""map and group: serial, processes."""
