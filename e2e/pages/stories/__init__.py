"""Real pages and what is done on each."""
