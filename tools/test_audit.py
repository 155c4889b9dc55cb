"""An audit that was not made is never taken for a clean one."""

from __future__ import annotations

import pytest

from tools.audit import npm_weaknesses, python_weaknesses


@pytest.mark.parametrize("answer", ["", "<html>", "[]", "{}", '{"message": "405 Method Not Allowed"}', "null"])
def test_what_is_no_answer_is_no_clean_answer(answer: str) -> None:
    assert npm_weaknesses(answer) is None
    assert python_weaknesses(answer) is None


def test_a_package_that_was_skipped_is_not_answered_for() -> None:
    assert python_weaknesses('{"dependencies": [{"name": "a", "skip_reason": "unknown"}]}') is None


def test_weaknesses_are_named() -> None:
    assert npm_weaknesses('{"vulnerabilities": {"a": {"severity": "high"}}}') == ["a: high"]
    assert npm_weaknesses('{"vulnerabilities": {}}') == []
    told = '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}, {"name": "b", "vulns": []}]}'
    assert python_weaknesses(told) == ["a 1: CVE-1"]
