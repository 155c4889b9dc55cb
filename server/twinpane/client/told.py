"""The answers as they come, around what the caller wants of them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from twinpane.client.models import AuditEntry, Recording, Session, Usage, Visitor, Webhook


class Done(Struct, frozen=True, kw_only=True):
    """A success with nothing to tell."""


class UsageTold(Struct, frozen=True, kw_only=True):
    """R10."""

    usage: Usage


class VisitorTold(Struct, frozen=True, kw_only=True):
    """R12."""

    visitor: Visitor


class VisitorsTold(Struct, frozen=True, kw_only=True):
    """R11."""

    visitors: list[Visitor]
    next_cursor: str | None = None


class SessionTold(Struct, frozen=True, kw_only=True):
    """R19."""

    session: Session


class RecordingTold(Struct, frozen=True, kw_only=True):
    """R20."""

    recording: Recording


class SessionsTold(Struct, frozen=True, kw_only=True):
    """R19."""

    sessions: list[Session]
    next_cursor: str | None = None


class ExportTold(Struct, frozen=True, kw_only=True):
    """R24."""

    stored: dict[str, list[dict[str, Any]]]


class WebhookTold(Struct, frozen=True, kw_only=True):
    """R21."""

    webhook: Webhook


class WebhooksTold(Struct, frozen=True, kw_only=True):
    """R21."""

    webhooks: list[Webhook]


class AuditTold(Struct, frozen=True, kw_only=True):
    """R22."""

    entries: list[AuditEntry]
    next_cursor: str | None = None
