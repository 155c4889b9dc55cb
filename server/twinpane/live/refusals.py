"""What peers are told when something is refused: one sentence a code (W6)."""

from __future__ import annotations

from collections.abc import Mapping

from twinpane_protocol.link import Error
from twinpane_protocol.shared import ADVICE, Advice, RefusalCode

SENTENCES: Mapping[RefusalCode, str] = {
    "bad_message": "This could not be understood.",
    "frame_too_large": "This is larger than allowed.",
    "hello_expected": "A connection begins with hello, within 10 seconds.",
    "unsupported_protocol": "None of these protocol versions is spoken here; load the page again.",
    "unknown_key": "There is no team with this public key.",
    "origin_not_allowed": "This origin may not connect.",
    "bad_credentials": "This grant is not known.",
    "session_over": "The session is over.",
    "too_many_agents": "The session has as many agents as it can have.",
    "too_many_messages": "Too many messages in a second; this one was dropped.",
    "server_restarting": "The server restarts; come again in a moment.",
    "not_allowed": "The visitor's page or the session does not allow this.",
    "not_live": "The session is not live.",
    "control_busy": "Another agent has control.",
    "no_control": "This needs control.",
    "control_refused": "The visitor did not give control.",
    "console_refused": "The visitor did not let the console be read.",
    "masked": "This is hidden from agents.",
    "no_remote": "The page keeps this to the visitor.",
    "unknown_node": "This is no longer in the page.",
    "visitor_active": "The visitor is using the page right now.",
    "not_possible": "This cannot be done here.",
    "only_visitor": "Browsers let only the visitor choose files.",
    "no_lookup_code": "All lookup codes are in use; ask again in a few minutes.",
    "stale_page": "The page has changed meanwhile.",
    "internal": "Something went wrong here.",
}


def refusal(code: RefusalCode, advice: Advice | None = None, retry_in_ms: int | None = None) -> Error:
    """Return the error message of a code, with the usual advice unless another is given."""
    return Error(code=code, message=SENTENCES[code], advice=advice or ADVICE[code], retry_in_ms=retry_in_ms)
