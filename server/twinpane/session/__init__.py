"""The pure state machine of one session: events in, commands out."""
