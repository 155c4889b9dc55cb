"""Twinpane: self-hosted co-browsing. One page, two panes."""
