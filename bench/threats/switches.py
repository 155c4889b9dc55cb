"""How the defences of SECURITY.md's rows are taken out: who sees the visitor, the agent's seat, sockets."""

from __future__ import annotations

from bench.threats.doors import DOORS
from bench.threats.reach import REACH
from bench.threats.switch import Switch, one

_SERVER = "server/twinpane"
_LIVE = f"{_SERVER}/live"
_WEB = f"{_SERVER}/web"
_DOOR = f"{_WEB}/door_tests/test_door.py"
_FORGED = f"{_WEB}/door_tests/test_forged.py"
_ABUSE = f"{_WEB}/door_tests/test_door_abuse.py"
_WATCH = f"{_WEB}/test_watch_page.py"

_NO_AGENTS_LIST = [
    (f"{_WEB}/door.py", 'self._decoder = decoder_for("agent")', 'self._decoder = decoder_for("visitor")'),
    (
        f"{_LIVE}/agent_peer.py",
        '                self.refuse("bad_message")\n            self.link.count()',
        "                pass\n            self.link.count()",
    ),
]
"""Neither the door nor the seat asks whether an agent may say it."""

_SEEN = [
    one(
        "facts pass in the live phase only",
        f"{_LIVE}/test_runner.py::test_x2_nothing_is_relayed_before_the_yes_nor_after_the_end",
        f"{_LIVE}/runner.py",
        "        if self.session.source != (tab.id, envelope.epoch):\n",
        "        if False:\n",
    ),
    one(
        "assets in the live phase only",
        f"{_LIVE}/test_registry.py::test_x2_assets_are_neither_served_nor_fetched_before_the_yes_nor_after_the_end",
        f"{_LIVE}/here.py",
        'if runner is None or runner.session.phase not in ("live", "paused"):',
        "if runner is None:",
    ),
    Switch(
        "an agent's messages by the agent's list",
        f"{_FORGED}::test_x2_an_agent_cannot_give_the_consent_that_the_visitor_is_asked_for",
        _NO_AGENTS_LIST,
    ),
    one(
        "lookup codes lock out who guesses",
        f"{_WEB}/test_lookup_guesses.py::test_s6_ten_thousand_guesses_over_all_paths_never_exceed_the_throttle",
        f"{_SERVER}/actions/find_visitors.py",
        "self._guesses.note_wrong(reader.name, now_s)",
        "pass",
    ),
    one(
        "the seal on replay links",
        f"{_LIVE}/test_replays.py::test_r20_no_word_of_a_token_can_be_changed",
        f"{_LIVE}/replays.py",
        "if len(words) != 4 or not hmac.compare_digest(seal.encode(), self._seal.sign(door, *words).encode()):",
        "if len(words) != 4:",
    ),
    one(
        "the HMAC of public links",
        f"{_LIVE}/test_public_links.py::test_s2_a_public_link_that_somebody_made_up_or_changed_is_none",
        f"{_LIVE}/public_links.py",
        "if not hmac.compare_digest(mac, self._mac(body)):",
        "if not mac:",
    ),
    one(
        "wishes in the live phase only",
        f"{_SERVER}/session/test_gate.py::test_x4_no_wish_passes_outside_the_live_phase",
        f"{_SERVER}/session/gate.py",
        'if phase != "live":',
        'if phase == "no phase":',
    ),
    one(
        "wishes with permission only",
        f"{_SERVER}/session/test_machine.py::test_x4_a_wish_needs_the_live_phase_permission_and_control",
        f"{_SERVER}/session/gate.py",
        "if not getattr(permissions, NEEDS[type(wish)]):",
        "if not NEEDS[type(wish)]:",
    ),
    Switch(
        "two closed lists of messages: a page's words from an agent",
        f"{_FORGED}::test_w6_what_a_page_says_an_agent_cannot_say",
        _NO_AGENTS_LIST,
    ),
    one(
        "two closed lists of messages: an agent's words from a page",
        f"{_FORGED}::test_w6_what_an_agent_says_a_page_cannot_say",
        f"{_WEB}/door.py",
        '            self._decoder = decoder_for("visitor")\n',
        '            self._decoder = decoder_for("agent")\n',
    ),
    one(
        "frames of another epoch are dropped",
        f"{_DOOR}::test_f2_frames_of_another_epoch_are_dropped",
        f"{_LIVE}/runner.py",
        "if self.session.source != (tab.id, envelope.epoch):",
        "if self.session.source is None or self.session.source[0] != tab.id:",
    ),
    one(
        "gaps in the numbers are noticed",
        f"{_DOOR}::test_f4_a_gap_in_the_numbers_asks_for_a_fresh_snapshot",
        f"{_LIVE}/journal.py",
        'return "gap"',
        "pass",
    ),
    one(
        "acknowledgements of what was sent only",
        f"{_LIVE}/test_link.py::test_l3_an_acknowledgement_of_what_was_never_sent_is_refused",
        f"{_LIVE}/link.py",
        "if not self._acked <= received <= self.sent:",
        "if not self._acked <= received:",
    ),
    one(
        "a tab speaks for its own visitor",
        f"{_FORGED}::test_f2_a_page_reaches_nobody_but_those_who_watch_it",
        f"{_LIVE}/admission.py",
        "visitor.attend(self._runner_of(visitor.key))",
        "visitor.attend(next(iter(self._runner_by_id.__self__._by_id.values()), None))",
    ),
]

_SEATS = [
    Switch(
        "watch URLs open once",
        f"{_WATCH}::test_r15a_watch_url_opens_once",
        [
            (
                f"{_SERVER}/store/sql.py",
                "(seats.c.token_hash == token_hash) & seats.c.opened_at.is_(None) & (seats",
                "(seats.c.token_hash == token_hash) & (seats",
            ),
            (
                f"{_SERVER}/store/memory.py",
                " and seat.opened_at is None and seat.expires_at > now",
                " and seat.expires_at > now",
            ),
        ],
    ),
    Switch(
        "watch URLs die",
        f"{_WATCH}::test_r15a_watch_url_dies_after_60_s_unopened",
        [
            (
                f"{_SERVER}/store/sql.py",
                "seats.c.opened_at.is_(None) & (seats.c.expires_at > now)",
                "seats.c.opened_at.is_(None)",
            ),
            (f"{_SERVER}/store/memory.py", " and seat.expires_at > now", ""),
        ],
    ),
    one(
        "watch tokens are kept as hashes",
        f"{_WEB}/test_api_watch_url.py::test_r15a_token_is_kept_as_its_hash_only",
        f"{_SERVER}/access/keys.py",
        '    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()',
        "    return secret.encode()",
    ),
    one(
        "previews do not use watch URLs up",
        f"{_WATCH}::test_r15a_looking_without_visiting_does_not_use_the_link",
        f"{_WEB}/watch_page.py",
        'if request.method == "HEAD":',
        'if request.method == "":',
    ),
    one(
        "tokens are cut out of the log",
        f"{_WEB}/test_request_log.py::test_r15a_log_of_a_whole_flow_holds_no_secret",
        f"{_WEB}/request_log.py",
        'return f"/{first}/…" if rest and first in _SECRET_AFTER else path',
        "return path",
    ),
    one(
        "resume secrets die",
        f"{_DOOR}::test_l2_a_resume_secret_dies_when_the_next_is_shown_and_then_all_begins_afresh",
        f"{_LIVE}/links.py",
        "                del self._by_token[token]\n        chance",
        "                pass\n        chance",
    ),
    one(
        "resume secrets need the visitor's proof",
        f"{_FORGED}::test_l2_a_stolen_resume_secret_opens_nothing_without_what_belongs_to_it",
        f"{_LIVE}/admission.py",
        "tab.owner.key == key and tab.id == hello.tab and tab.link",
        "tab.link",
    ),
    one(
        "short IDs count with their proof",
        f"{_DOOR}::test_w3_a_visitor_keeps_its_short_id_only_with_the_proof",
        f"{_LIVE}/admission.py",
        "known = shown is not None and self._proof.is_true(team.id, shown)",
        "known = shown is not None",
    ),
    one(
        "proofs are of one team and server",
        f"{_LIVE}/test_credentials.py::test_s4_a_short_id_is_believed_only_with_its_own_proof_of_this_team_and_server",
        f"{_LIVE}/credentials.py",
        'f"{team_id}:{short_id}".encode()',
        "short_id.encode()",
    ),
    one(
        "a rate of last words",
        f"{_WEB}/test_last_words.py::test_x13_secrets_cannot_be_tried_at_speed",
        f"{_WEB}/last_words.py",
        "if not allowance.allowed:",
        "if allowance is None:",
    ),
    one(
        "sockets of pages from allowed domains",
        f"{_DOOR}::test_w8_a_visitor_must_come_from_an_allowed_domain_and_an_agent_from_here",
        f"{_LIVE}/admission.py",
        "if not allowed and not self._is_proxied(team.id, caller.origin):",
        "if team is None:",
    ),
    one(
        "sockets of members with their cookie only",
        f"{_WEB}/door_tests/test_console_socket.py::test_w8_without_the_cookie_or_from_another_site_nothing_is_told",
        f"{_WEB}/door.py",
        "if not own_origin(caller.origin, self._own_origins()):",
        "if caller is None:",
    ),
]

SWITCHES: list[Switch] = [*_SEEN, *_SEATS, *DOORS, *REACH]
