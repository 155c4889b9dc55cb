"""Tell other nodes: adapters of the bus port."""
