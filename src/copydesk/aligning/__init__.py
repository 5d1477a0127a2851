"""Story, Markup, Entities, Moments, Quotes, Voices → Claim → Fact, Conflict."""
