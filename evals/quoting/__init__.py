"""What the evaluation of quotes is made of: how attributions are scored, the peers, variants, errors by type."""
