"""The demo command tells what is wrong in words."""

import socket

import pytest

from twinpane.demo import example_folder, free_port, is_free


def test_port_in_use_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not is_free(taken.getsockname()[1])


def test_free_port_can_be_used() -> None:
    assert is_free(free_port())


@pytest.mark.parametrize("name", ["integrator", "foreign_site"])
def test_examples_are_found_in_a_checkout(name: str) -> None:
    assert (example_folder(name) / "app.py").is_file()
