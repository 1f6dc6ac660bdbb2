"""Connections to one port that go on to others; in a thread of its own, beside any event loop."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle

CHUNK_BYTES = 65_536


class Relay:
    """Deals connections to `ports` in turn."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = cycle(ports)
        self._talking: set[asyncio.Task[None]] = set()

    async def forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await copy(reader, writer)

    async def back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await copy(reader, writer)

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
                both.create_task(self.forth(reader, to_writer))
                both.create_task(self.back(to_reader, writer))
        except (asyncio.CancelledError, ExceptionGroup):
            return  # asyncio would log it as an error of the stream's
        finally:
            self._talking.discard(task)
            for each in (writer, to_writer):
                each.close()
                with suppress(OSError):
                    await each.wait_closed()


class Freezing(Relay):
    """A machine that takes what is sent to it, and does nothing."""

    def __init__(self, port: int) -> None:
        super().__init__([port])
        self.moving = threading.Event()
        self.moving.set()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self.moving.clear()
        try:
            yield
        finally:
            self.moving.set()

    async def back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            while not self.moving.is_set():  # noqa: ASYNC110 - another thread sets it
                await asyncio.sleep(0.05)
            writer.write(data)
            await writer.drain()
        writer.close()


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextmanager
def relaying(port: int, relay: Relay) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="relay")
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(relay.listen(port), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(relay.close(listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
