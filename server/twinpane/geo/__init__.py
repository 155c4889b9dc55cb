"""Where visitors are, from files on this machine."""
