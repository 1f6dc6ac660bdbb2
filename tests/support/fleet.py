"""Several `bashi serve` on one PostgreSQL, behind one address that deals connections in turn."""

import asyncio
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle

from tests.support.server import BASHI, Server, free_port

CHUNK_BYTES = 65_536
WITHOUT_LANE = (sys.executable, "-m", "tests.support.serve_without_lane")


@dataclass
class Fleet(Server):
    """`port` is that of the dealer in front."""

    size: int = 2
    lane: bool = True
    members: list[Server] = field(default_factory=list)

    def start(self) -> None:
        own = self.environment | {"BASHI_PUBLIC_URL": self.url}
        program = (BASHI,) if self.lane else WITHOUT_LANE
        self.members = [
            Server(self.folder / str(number), free_port(), own, program=program)
            for number in range(self.size)
        ]
        for member in self.members:
            member.launch()
        for member in self.members:
            member.wait_until_ready()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The highest exit code."""
        return max(member.stop(number) for member in self.members)

    @property
    def running(self) -> bool:
        return any(member.running for member in self.members)


@contextmanager
def dealing(port: int, to: Sequence[Server]) -> Iterator[None]:
    """Connections to `port` go to the servers in turn; in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="dealer")
    thread.start()
    dealer = _Dealer([server.port for server in to])
    listening = asyncio.run_coroutine_threadsafe(dealer.listen(port), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(dealer.close(listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Dealer:
    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = cycle(ports)
        self._talking: set[asyncio.Task[None]] = set()

    async def listen(self, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._talk, "127.0.0.1", port)

    async def close(self, listening: asyncio.Server) -> None:
        listening.close()
        talking = list(self._talking)
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", next(self._ports))
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_copy(reader, to_writer))
                both.create_task(_copy(to_reader, writer))
        except asyncio.CancelledError:
            return  # asyncio would log it as an error of the stream's
        finally:
            self._talking.discard(task)
            for each in (writer, to_writer):
                each.close()
                with suppress(OSError):
                    await each.wait_closed()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
    writer.close()
