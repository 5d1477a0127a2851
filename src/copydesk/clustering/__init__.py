"""Articles, Markup, CopyLinks → Story."""
