"""Requests as points of Workers Analytics Engine: never more than it takes.

Source: https://developers.cloudflare.com/analytics/analytics-engine/limits/
"""

from typing import Any

INDEX_BYTES = 96
BLOB_BYTES = 16 * 1024


class WorkersMeter:
    """One point a request: route and status, and how long it took."""

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset

    def request(self, route: str, status: int, seconds: float) -> None:
        index = route.encode()[:INDEX_BYTES].decode(errors="ignore")
        blobs = [route[: BLOB_BYTES // 4], str(status)]
        self._dataset.writeDataPoint(
            {"indexes": [index], "blobs": blobs, "doubles": [seconds * 1000]}
        )
