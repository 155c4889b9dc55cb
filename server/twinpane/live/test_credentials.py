from __future__ import annotations

from twinpane_protocol.visitor import Credentials

from twinpane.live.credentials import VisitorProof


def test_s4_a_short_id_is_believed_only_with_its_own_proof_of_this_team_and_server() -> None:
    proof = VisitorProof(b"secret")
    given = proof.credentials(1, "ABCDEFGH")
    assert proof.is_true(1, given)
    assert VisitorProof(b"secret").is_true(1, given)
    assert not proof.is_true(2, given)
    assert not VisitorProof(b"other").is_true(1, given)
    assert not proof.is_true(1, Credentials(short_id="ABCDEFGJ", secret=given.secret))
    assert not proof.is_true(1, Credentials(short_id="ABCDEFGH", secret="é"))
