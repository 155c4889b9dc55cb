"""The body of an answer on its way to the browser: most pass untouched; pages, scripts and sheets are rewritten."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from twinpane.live.browsing import Browsing
from twinpane.ports.fetch import UpstreamAnswer

if TYPE_CHECKING:
    from twinpane.actions.browse import Asked, Desk

Kind = Literal["page", "script", "module", "sheet"]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """All that it takes to rewrite one body."""

    desk: Desk
    browsing: Browsing
    asked: Asked
    answer: UpstreamAnswer
    now: datetime


def rewriting_of(asked: Asked, answer: UpstreamAnswer) -> Kind | None:
    """What to rewrite a body as; None: it passes untouched. Bodies that scripts fetch always do."""
    return None


async def body_for(kind: Kind | None, rewriting: Rewriting) -> AsyncGenerator[bytes]:
    """The body for the browser. Raises BrowsingError for one that is too large to rewrite."""
    return rewriting.answer.chunks()
