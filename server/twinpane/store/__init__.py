"""Remember: adapters of `ports.store`."""
