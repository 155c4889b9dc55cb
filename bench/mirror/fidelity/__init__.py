"""Whether the agent sees what the visitor sees: one small check for each thing that a page can be made of."""
