"""Connections that do nothing."""

import contextlib
import socket
from collections.abc import Iterator

from bench.load import HOST


@contextlib.contextmanager
def idle(port: int, asked: bytes, count: int) -> Iterator[list[socket.socket]]:
    """Connections that were used once and are kept."""
    with contextlib.ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection((HOST, port), timeout=10))
            for _ in range(count)
        ]
        for connection in connections:
            assert answers_again(connection, asked)
        yield connections


def answers_again(connection: socket.socket, asked: bytes) -> bool:
    try:
        connection.sendall(asked)
        return connection.recv(4096)[9:12] == b"200"
    except OSError:
        return False
