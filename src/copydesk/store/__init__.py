"""Cache and project file: SQLite."""
