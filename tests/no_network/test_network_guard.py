"""No test reaches the network, nor does a process that a test starts."""

import os
import socket
import subprocess
import sys

import network_guard
import pytest
from network_guard import ENDED, GUARDED_PATH, is_local

OUTSIDE = ("192.0.2.1", 9)  # for documentation; nobody has it (RFC 5737)


def test_a_connection_to_another_machine_is_refused_and_noted() -> None:
    with socket.socket() as tried, pytest.raises(OSError, match="may not reach the network"):
        tried.connect(OUTSIDE)
    with pytest.raises(OSError, match="may not reach the network"):
        socket.getaddrinfo("example.org", 443)
    assert len(network_guard.attempts) == 2
    # Else the fixture fails this test.
    network_guard.attempts.clear()


@pytest.mark.parametrize("environment", [{}, {"PYTHONPATH": GUARDED_PATH}])
def test_a_child_process_that_tries_ends_at_once(environment: dict[str, str]) -> None:
    code = f"import socket; socket.socket().connect({OUTSIDE})"
    ended = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", code],
        env=environment or os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == ENDED
    assert "a test tried to reach the network: socket.connect ('192.0.2.1', 9)" in ended.stderr


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", b"127.0.0.1", ("::1", 80), None, "/a"])
def test_this_machine_can_be_reached(host: object) -> None:
    assert is_local(host)
