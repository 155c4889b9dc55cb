"""The demo command tells what is wrong in words."""

import socket

from twinpane.demo import free_port, integrator_folder, is_free


def test_port_in_use_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not is_free(taken.getsockname()[1])


def test_free_port_can_be_used() -> None:
    assert is_free(free_port())


def test_integrator_is_found_in_a_checkout() -> None:
    assert (integrator_folder() / "app.py").is_file()
