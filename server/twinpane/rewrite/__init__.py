"""Change addresses inside web resources, purely."""
