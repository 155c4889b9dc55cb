from __future__ import annotations

import hmac
from datetime import timedelta

import pytest
from twinpane_protocol.visitor import Credentials

from twinpane.live.credentials import Seal, VisitorProof
from twinpane.live.manual_clock import ManualClock
from twinpane.live.public_links import Invitation, PublicLinks


def test_s4_a_short_id_is_believed_only_with_its_own_proof_of_this_team_and_server() -> None:
    proof = VisitorProof(b"secret")
    given = proof.credentials(1, "ABCDEFGH")
    assert proof.is_true(1, given)
    assert VisitorProof(b"secret").is_true(1, given)
    assert not proof.is_true(2, given)
    assert not VisitorProof(b"other").is_true(1, given)
    assert not proof.is_true(1, Credentials(short_id="ABCDEFGJ", secret=given.secret))
    assert not proof.is_true(1, Credentials(short_id="ABCDEFGH", secret="é"))


def test_secrets_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made with the server's secret; keys and tokens are looked up by their hash and never compared."""
    compared: list[bytes] = []
    in_constant_time = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append(other)
        return in_constant_time(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    proof, links, now = VisitorProof(b"secret"), PublicLinks(b"secret"), ManualClock().now()
    assert not proof.is_true(1, Credentials(short_id="ABCDEFGH", secret="wrong"))
    assert links.read(links.token(Invitation(1, "ABCDEFGH", "7", "Zoë"), now + timedelta(hours=1)), now) is not None
    assert len(compared) == 2


def test_k2_a_seal_is_another_for_each_purpose_word_and_server() -> None:
    seal = Seal(b"secret").sign("resume", "a", "b")
    assert len(seal) == 43
    assert seal == Seal(b"secret").sign("resume", "a", "b")
    others = [Seal(b"secret").sign(*words) for words in (("assets", "a", "b"), ("resume", "ab"), ("resume", "a", "c"))]
    assert seal not in [*others, Seal(b"other").sign("resume", "a", "b")]
