"""Keep bytes by their hash: adapters of `ports.blobs`."""
