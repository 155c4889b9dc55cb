"""Get a public resource: adapter of `ports.fetch`."""
