"""What the server needs from the world, as Protocols."""
