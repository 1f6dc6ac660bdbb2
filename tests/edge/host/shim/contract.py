"""The adapters themselves, for contract tests that run in another Python. Both speak pickle."""

import base64
import copyreg
import pickle
from inspect import isawaitable
from typing import Any

from pyodide.ffi import JsException
from workers.rpc import JsDict

copyreg.pickle(JsDict, lambda row: (dict, (list(row.items()),)))  # the other side lacks the class
_open: dict[str, Any] = {}
"""Adapters that live on between calls, by the names their tests gave them."""


async def answer(env: Any, asked: str) -> str:
    """`asked` holds a kind of adapter, what it is opened with, its name, a method and arguments.

    The answer holds (True, result) or (False, exception).
    """
    kind, opening, name, method, given = pickle.loads(base64.b64decode(asked))
    said: tuple[bool, Any]
    try:
        if name not in _open:
            _open[name] = await _OPENERS[kind](env, *opening)
        result = getattr(_open[name], method)(*given)
        said = True, await result if isawaitable(result) else result
    except JsException as error:
        said = False, RuntimeError(str(error))
    except Exception as error:  # noqa: BLE001 - the other side raises it
        said = False, error
    return base64.b64encode(pickle.dumps(said)).decode()


async def _database(env: Any) -> Any:
    from bashi.engines.workers.d1 import D1Database

    return D1Database(env.CONTRACT, lambda: None)


async def _cache(env: Any) -> Any:
    from bashi.engines.workers.kv import WorkersCache

    return WorkersCache(env.CACHE)


async def _media(env: Any) -> Any:
    from bashi.engines.workers.r2 import R2Media

    return R2Media(env.MEDIA)


async def _hasher(_env: Any, work: str) -> Any:
    from bashi.engines.workers.hasher import WebCryptoHasher

    return WebCryptoHasher(work)


async def _signer(_env: Any, *keys: Any) -> Any:
    from bashi.engines.workers.signer import WebCryptoSigner

    return await WebCryptoSigner.open(*keys)


async def _meter(env: Any) -> Any:
    from bashi.engines.workers.analytics import WorkersMeter

    return WorkersMeter(env.REQUESTS)


async def _cut_before(picture: bytes, _width: int, _height: int) -> bytes:
    """For covers that are banners already."""
    return picture


async def _documents(env: Any) -> Any:
    from bashi.engines.workers.documents import WorkersDocuments

    return WorkersDocuments(env.DOCUMENTS, _cut_before)


class _Raw:
    """The bindings with none of our adapters before them."""

    def __init__(self, env: Any) -> None:
        self._env = env

    async def sql(self, sql: str, *params: Any) -> Any:
        statement = self._env.CONTRACT.prepare(sql)
        return (await (statement.bind(*params) if params else statement).all())["results"]

    async def keep(self, key: str, value: str, options: dict[str, int]) -> None:
        await self._env.CACHE.put(key, value, options)

    async def send(self, body: str) -> None:
        await self._env.WORK.send(body)

    def point(self, point: dict[str, Any]) -> None:
        self._env.REQUESTS.writeDataPoint(point)


async def _bindings(env: Any) -> Any:
    return _Raw(env)


_OPENERS: dict[str, Any] = {
    "bindings": _bindings,
    "database": _database,
    "cache": _cache,
    "media": _media,
    "hasher": _hasher,
    "signer": _signer,
    "meter": _meter,
    "documents": _documents,
}
