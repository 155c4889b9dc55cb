"""How long a session waits for what (X3, X6, S10)."""

from __future__ import annotations

from typing import Final

MAX_SEATS: Final = 20

WAITING_S: Final = 300.0
"""For a visitor who never had a tab in this session (R15b)."""
ASKING_S: Final = 120.0
IDLE_AGENTS_S: Final = 600.0
NO_TAB_S: Final = 60.0
SEAT_UNUSED_S: Final = 90.0
"""For an invited agent who never came: 60 s to open the watch URL (R15a) and time to load it."""
SEAT_ABSENT_S: Final = 60.0
CONTROL_IDLE_S: Final = 30.0
TAB_GRACE_S: Final = 3.0
"""A reload takes a moment: only then another open tab is shown instead of the absent one."""
BETWEEN_RESYNCS_S: Final = 1.0
"""At least so long between two snapshots that were asked for because something broke."""
LAST_WORDS_S: Final = 5.0
"""How long after a tab is gone what its page said as it went still counts."""
