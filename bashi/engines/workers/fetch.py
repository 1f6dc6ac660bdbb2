"""The Http port on the Workers platform's fetch."""

from collections.abc import Mapping

import js
from pyodide.ffi import JsException

from bashi.core.ports import HttpAnswer, HttpFailed
from bashi.engines.workers.javascript import octets, record


class WorkersHttp:
    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,
    ) -> HttpAnswer:
        options = record(
            method=method,
            headers=dict(headers),
            redirect="manual",
            signal=js.AbortSignal.timeout(round(timeout_seconds * 1000)),
        )
        if body is not None:
            options.body = octets(body)
        try:
            answer = await js.fetch(url, options)
            content = (await answer.arrayBuffer()).to_bytes()
        except JsException as failure:  # the platform does not say how far it came
            raise HttpFailed(sent=True) from failure
        named = {name.lower(): value for name, value in answer.headers}
        return HttpAnswer(answer.status, named, content)
