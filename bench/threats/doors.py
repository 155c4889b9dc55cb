"""How defences are taken out: keys, the console, our pages, floods."""

from __future__ import annotations

from bench.threats.switch import Switch, one

_SERVER = "server/twinpane"
_WEB = f"{_SERVER}/web"
_LOG_IN = f"{_WEB}/console_tests/test_log_in.py"
_ROLES = f"{_WEB}/console_tests/test_roles.py"
_DOOR = f"{_WEB}/door_tests/test_door.py"
_ABUSE = f"{_WEB}/door_tests/test_door_abuse.py"

DOORS: list[Switch] = [
    one(
        "keys are kept as hashes",
        f"{_SERVER}/actions/test_create_key.py::test_r2_secret_is_told_once_and_not_kept",
        f"{_SERVER}/access/keys.py",
        '    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()',
        "    return secret.encode()",
    ),
    one(
        "secrets are compared in constant time",
        f"{_SERVER}/live/test_credentials.py::test_secrets_are_compared_in_constant_time",
        f"{_SERVER}/live/credentials.py",
        "return hmac.compare_digest(right.secret.encode(), shown.secret.encode())",
        "return right.secret == shown.secret",
    ),
    one(
        "unknown members cost the same work",
        f"{_SERVER}/actions/test_log_in.py::test_an_unknown_member_takes_the_same_work_as_a_wrong_password",
        f"{_SERVER}/actions/passwords.py",
        "        if self._waiting >= _WAITING:\n",
        "        if password_hash is None:\n            return False\n        if self._waiting >= _WAITING:\n",
    ),
    one(
        "scopes of keys",
        f"{_WEB}/test_api_gate.py::test_r2_missing_scope_is_forbidden",
        f"{_SERVER}/access/scopes.py",
        'if needed not in had and "admin" not in had:',
        "if not needed:",
    ),
    one(
        "look-ups within the key's team",
        f"{_WEB}/test_api_visitor.py::test_r12_visitor_of_another_team_is_not_found",
        f"{_SERVER}/store/memory.py",
        "return deepcopy(self._visitors.get((team_id, short_id)))",
        "return deepcopy(next((each for place, each in self._visitors.items() if place[1] == short_id), None))",
    ),
    one(
        "wrong passwords lock out",
        f"{_LOG_IN}::test_guessing_is_locked_out_also_when_all_guesses_come_at_once",
        f"{_SERVER}/access/throttle.py",
        "if len(wrong) >= self._guesses:",
        "if len(wrong) > 1_000_000:",
    ),
    one(
        "one answer for known and unknown members",
        f"{_LOG_IN}::test_unknown_members_and_wrong_passwords_get_the_same_answer",
        f"{_SERVER}/actions/log_in.py",
        'raise WrongLogInError("The e-mail address or the password is wrong.")',
        'raise WrongLogInError("Nobody of this name." if member is None else "The password is wrong.")',
    ),
    one(
        "a log-in is always a new secret",
        f"{_LOG_IN}::test_no_secret_that_was_given_becomes_a_log_in",
        f"{_SERVER}/actions/log_in.py",
        "now, secret = self._clock.now(), self._chance.token()",
        "now, secret = self._clock.now(), old or self._chance.token()",
    ),
    one(
        "the console's cookie for no script",
        f"{_LOG_IN}::test_the_cookie_is_for_this_host_alone_and_for_no_script",
        f"{_WEB}/console_gate.py",
        "        httponly=True,\n",
        "        httponly=False,\n",
    ),
    one(
        "logging out ends it on the server",
        f"{_LOG_IN}::test_logging_out_ends_the_log_in_on_the_server",
        f"{_SERVER}/actions/log_in.py",
        "        await self._store.end_log_in(hash_secret(secret))",
        "        hash_secret(secret)",
    ),
    one(
        "what another site sends is refused",
        f"{_LOG_IN}::test_what_another_site_sends_is_refused",
        f"{_WEB}/console_gate.py",
        "    _require_same_origin(request, route, web, address)\n",
        "",
    ),
    one(
        "the console is framed by nobody",
        f"{_WEB}/console_tests/test_page.py::test_the_shell_loads_the_bundle_and_nothing_from_elsewhere",
        f"{_WEB}/csp.py",
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \"\n        \"require-trusted",
        "base-uri 'none'; form-action 'none'; \"\n        \"require-trusted",
    ),
    one(
        "a role changes what it reaches",
        f"{_ROLES}::test_a_role_changes_nothing_beyond_what_it_reaches",
        f"{_SERVER}/access/roles.py",
        "    if not reaches(had, needed):\n",
        "    if not had:\n",
    ),
    one(
        "nobody without a log-in",
        f"{_ROLES}::test_nobody_sees_or_changes_anything_without_a_log_in",
        f"{_SERVER}/actions/log_in.py",
        "if found is None or not log_in_holds(found[0].used_at, found[0].expires_at, now):\n            raise",
        "if found is None:\n            raise ValueError\n        if now is None:\n            raise",
    ),
    one(
        "strict headers on every route",
        f"{_WEB}/test_headers.py::test_every_route_by_every_method_has_the_strict_headers",
        f"{_WEB}/request_log.py",
        '    "Content-Security-Policy": NOTHING,\n',
        "",
    ),
    one(
        "strict headers on refusals",
        f"{_WEB}/test_headers.py::test_refusals_have_the_strict_headers_too",
        f"{_WEB}/request_log.py",
        '    "X-Content-Type-Options": "nosniff",\n',
        "",
    ),
    one(
        "what is filled into pages is escaped",
        f"{_WEB}/test_watch_page.py::test_seat_in_the_address_cannot_become_markup",
        f"{_WEB}/watch_page.py",
        '.decode().replace("<", "\\\\u003c")',
        ".decode()",
    ),
    one(
        "the page that plays to visitors holds nothing",
        f"{_WEB}/test_watch_page.py::test_m7_the_page_that_plays_to_visitors_may_stand_in_any_site_and_holds_nothing",
        f"{_WEB}/csp.py",
        "def seen() -> str:",
        'def seen() -> str:\n    return "frame-ancestors *; connect-src *"\n\n\ndef was() -> str:',
    ),
    one(
        "no cache keeps what is personal",
        f"{_WEB}/test_headers.py::test_every_route_by_every_method_has_the_strict_headers",
        f"{_WEB}/request_log.py",
        '    "Cache-Control": "no-store",\n',
        "",
    ),
    one(
        "what cannot be read is refused",
        f"{_ABUSE}::test_w6_ten_thousand_random_frames_get_clear_codes_and_disturb_nobody",
        f"{_WEB}/door.py",
        '        except UNREADABLE:\n            peer.receive_bad("bad_message")\n',
        '        except UNREADABLE:\n            raise\n            peer.receive_bad("bad_message")\n',
    ),
    one(
        "a rate of messages",
        f"{_DOOR}::test_w5_messages_beyond_the_rate_and_what_was_saved_up_are_dropped_with_a_code",
        f"{_WEB}/door.py",
        "if not isinstance(message, UNNUMBERED) and self._is_too_often():",
        "if self._peer is None:",
    ),
    one(
        "a hello within its time",
        f"{_DOOR}::test_w2_a_hello_that_does_not_come_is_not_waited_for",
        f"{_WEB}/door.py",
        "elif self._peer is None and self._hello is None and now_s - self._began_s > options.hello_within_s:",
        "elif now_s < 0:",
    ),
    one(
        "the size of a frame",
        f"{_ABUSE}::test_w5_a_frame_far_over_the_limit_ends_only_its_own_connection",
        f"{_WEB}/door.py",
        "self._core.max_message_size = 4 * self._options.max_frame_bytes",
        "self._core.max_message_size = None",
    ),
    one(
        "agents that lag start from the journal",
        f"{_ABUSE}::test_x9_a_frozen_agent_neither_slows_nor_breaks_the_others",
        f"{_SERVER}/live/outbox.py",
        "if link.retained_bytes >= WINDOW_BYTES:",
        "if link.retained_bytes < 0:",
    ),
    one(
        "who never acknowledges costs no more memory",
        f"{_SERVER}/live/test_link.py::test_l7_a_peer_that_never_acknowledges_cannot_resume_but_costs_no_more_memory",
        f"{_SERVER}/live/link.py",
        "if self.retained_bytes > MAX_RETAINED_BYTES:",
        "if self.retained_bytes < 0:",
    ),
]
