"""The Images port on Pillow, one picture at a time in a thread: a large one takes 120 MB."""

import asyncio
from collections.abc import Mapping


class PillowImages:
    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()

    async def cover(self, upload: bytes) -> Mapping[int, bytes]:
        from bashi.render import images  # noqa: PLC0415 - only admins upload

        async with self._one_at_a_time:
            return await asyncio.to_thread(images.cover, upload)
