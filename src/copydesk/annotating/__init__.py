"""Article → Markup."""
