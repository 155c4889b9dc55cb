"""Runs sessions on this node."""
