"""Articles, Markup → CopyLink, Line, Voice."""
