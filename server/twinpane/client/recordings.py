"""The calls about recordings of sessions."""

from __future__ import annotations

from operator import attrgetter

from twinpane.client import told
from twinpane.client.call import Call, nothing
from twinpane.client.calls import SESSION
from twinpane.client.models import Recording


def recording(session_id: str) -> Call[Recording]:
    """What was recorded of a session that has ended, with a link that shows it for an hour (R20).

    The key needs the scope `sessions`. Raises NotFoundError: nothing was recorded, it was deleted, or the session runs.

    >>> if twinpane.session(started.session_id).recording:
    ...     print(twinpane.recording(started.session_id).replay_url)
    """
    return Call(
        method="GET",
        route=SESSION + "/recording",
        places={"session_id": session_id},
        told=told.RecordingTold,
        pick=attrgetter("recording"),
    )


def delete_recording(session_id: str) -> Call[None]:
    """Delete what was recorded of a session (R20); the session stays. The key needs the scope `admin`.

    Raises NotFoundError for an unknown session and for one that runs.

    >>> twinpane.delete_recording(started.session_id)
    """
    places = {"session_id": session_id}
    return Call(method="DELETE", route=SESSION + "/recording", places=places, told=told.Done, pick=nothing)
