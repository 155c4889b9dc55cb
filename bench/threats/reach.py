"""How defences are taken out: the inner network, the proxy, what is stored."""

from __future__ import annotations

from bench.threats.switch import Switch, one

_SERVER = "server/twinpane"
_WEB = f"{_SERVER}/web"
_FETCH = f"{_SERVER}/fetch"
_PROXY = f"{_WEB}/proxy_tests"
_ADDRESSES = f"{_FETCH}/addresses.py"
_PUBLIC = "return all(_is_public(each) for each in _with_embedded(ip))"

REACH: list[Switch] = [
    one(
        "what is fetched is counted unpacked",
        f"{_FETCH}/test_guarded.py::test_p5_a_body_over_the_limit_is_refused_also_when_it_unpacks_to_that",
        f"{_FETCH}/guarded.py",
        "if len(body) > max_body_bytes:",
        "if max_body_bytes < 0:",
    ),
    one(
        "only public addresses are fetched",
        f"{_FETCH}/test_guarded.py::test_p5_this_machine_is_not_fetched_by_number_or_by_name",
        _ADDRESSES,
        _PUBLIC,
        "return True",
    ),
    one(
        "the address is looked at again at the socket",
        f"{_FETCH}/test_connecting.py::test_p5_the_address_really_connected_to_is_looked_at_again",
        f"{_FETCH}/connecting.py",
        "if not self._guard.allows_address(where[0]) or not self._guard.allows_port(where[1]):",
        "if where is None:",
    ),
    one(
        "every redirect is checked",
        f"{_FETCH}/test_guarded.py::test_p5_every_redirect_is_checked_again",
        f"{_FETCH}/guarded.py",
        "allow_redirects=False, headers=HEADERS",
        "allow_redirects=True, headers=HEADERS",
    ),
    one(
        "webhooks go to public addresses only",
        f"{_FETCH}/test_posting.py::test_p5_address_that_is_not_public_is_refused_before_it_is_tried",
        f"{_FETCH}/posting.py",
        'return self._guard.refusal_of(target) or self._guard.refusal_of_literal(target.host or "")',
        "return None",
    ),
    one(
        "webhooks follow no redirect",
        f"{_FETCH}/test_posting.py::test_r21_receiver_gets_the_body_and_redirects_are_not_followed",
        f"{_FETCH}/posting.py",
        "allow_redirects=False",
        "allow_redirects=True",
    ),
    one(
        "webhooks are asked before they are kept",
        f"{_SERVER}/live/test_deliveries.py::test_p5_webhook_to_an_address_that_is_not_public_is_refused",
        f"{_SERVER}/live/deliveries.py",
        "if (why := self._post.refusal_of(url)) is not None:",
        "if (why := self._post.refusal_of(url)) == '':",
    ),
    one(
        "the proxy reaches public addresses only",
        f"{_PROXY}/test_egress.py::test_p5_forbidden_addresses_are_refused_in_every_spelling",
        _ADDRESSES,
        _PUBLIC,
        "return True",
    ),
    one(
        "a name is looked up, and looked at, each time",
        f"{_PROXY}/test_egress.py::test_p5_a_name_that_changes_its_address_meets_the_check_each_time",
        _ADDRESSES,
        _PUBLIC,
        "return True",
    ),
    one(
        "redirects and sockets meet the same guard",
        f"{_PROXY}/test_egress.py::test_p5_redirects_and_websockets_to_private_addresses_lead_nowhere",
        _ADDRESSES,
        _PUBLIC,
        "return True",
    ),
    Switch(
        "our own addresses are never fetched",
        f"{_PROXY}/test_egress.py::test_p5_our_own_api_pages_and_proxy_are_not_reached_through_the_proxy",
        [
            (
                _ADDRESSES,
                'return any(name == own or name.endswith(f".{own}") for own in self._own_hosts)',
                "return not name",
            ),
            (_ADDRESSES, "return port == self._own_port and _is_of_this_machine(address)", "return not address"),
            (_ADDRESSES, _PUBLIC, "return True"),
        ],
    ),
    one(
        "start links open once",
        f"{_PROXY}/test_start.py::test_p1_a_start_link_opens_once_and_within_five_minutes",
        f"{_SERVER}/live/browsing.py",
        "if not browsing.use_start_token(token, self._clock.now()):",
        "if not token:",
    ),
    one(
        "pages need the session's cookie",
        f"{_PROXY}/test_start.py::test_p1_without_the_cookie_no_page_opens_and_the_site_is_not_asked",
        f"{_SERVER}/actions/browse.py",
        'if not asked.has_cookie and (asked.is_page or not asked.header("sec-fetch-mode")):',
        "if asked is None:",
    ),
    one(
        "who may frame a proxied page",
        f"{_SERVER}/rewrite/test_response_headers.py"
        "::test_p4_the_containment_policy_names_the_proxy_the_api_and_the_embedders_and_nobody_else",
        f"{_SERVER}/rewrite/response_headers.py",
        "frame-ancestors {frames}",
        "frame-ancestors *",
    ),
    one(
        "a body that breaks off breaks the answer off",
        f"{_PROXY}/test_hanging.py::test_p5_a_site_that_fails_in_its_body_breaks_the_answer_off",
        f"{_WEB}/proxy_door.py",
        "        except (FetchFailedError, BrowsingError) as error:\n            raise BrokenOffError from error\n",
        "        except (FetchFailedError, BrowsingError):\n"
        '            await send({"type": "http.response.body", "body": b""})\n',
    ),
    Switch(
        "proxied bodies are counted",
        f"{_PROXY}/test_pass_through.py::test_p5_bodies_over_the_limits_are_told",
        [
            (f"{_WEB}/proxy_request.py", "        if int(length) > max_bytes:\n", "        if int(length) < 0:\n"),
            (f"{_WEB}/proxy_request.py", "            if self._left < 0:\n", "            if self._left is None:\n"),
            (f"{_SERVER}/actions/browse.py", "if _length_of(answer) > desk", "if _length_of(answer) < 0 * desk"),
        ],
    ),
    one(
        "strict headers on proxied hosts",
        f"{_PROXY}/test_proxy_headers.py::test_y3_our_own_answers_on_proxied_hosts_have_the_strict_headers",
        f"{_WEB}/proxy_pages.py",
        '    "X-Robots-Tag": "noindex, nofollow",\n',
        "",
    ),
    one(
        "the erased go from the files",
        f"{_WEB}/test_api_erase.py::test_r13_no_byte_is_left_in_files_and_logs",
        f"{_SERVER}/store/erasure.py",
        "            await connection.execute(delete(visitors).where(theirs))\n",
        "",
    ),
    one(
        "recordings go with their visitor",
        f"{_SERVER}/blobs/test_recordings.py::test_r13_recordings_go_one_by_one_and_with_their_visitor",
        f"{_SERVER}/blobs/recordings.py",
        "await asyncio.to_thread(_remove, [self._folder_of(owner) for owner in owners])",
        "pass",
    ),
    one(
        "the audit is a chain",
        f"{_SERVER}/actions/test_read_audit.py::test_r22_changed_or_missing_entry_is_found",
        f"{_SERVER}/actions/read_audit.py",
        "if entry.previous_hash != head or entry.deed.hash_after(head) != entry.hash:",
        "if entry.previous_hash != head:",
    ),
]
