"""Who may do what, read purely: keys, scopes, search terms, limits."""
