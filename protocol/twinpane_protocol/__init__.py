"""What crosses the network, defined once.

The structs here are the source: `protocol/generate.py` turns them into `schema.json` and TypeScript.
SPEC.md beside this package gives the rules; rule ids in docstrings point there.
"""

PROTOCOL_VERSIONS: tuple[int, ...] = (1,)
"""Versions this build speaks, best first (W2)."""
