"""Cache and rate limiter: shared through Valkey, or in this process."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from bashi.core.ports import Cache, Limiter
from bashi.engines.cache_memory import MemoryCache
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.entry.settings import Settings
from bashi.http.metrics import Metrics

if TYPE_CHECKING:
    from bashi.engines.valkey.link import ValkeyLink


class CountingCache(Cache, Protocol):
    hits: int
    misses: int


@dataclass(frozen=True, slots=True)
class Shared:
    cache: CountingCache
    limiter: Limiter
    link: "ValkeyLink | None" = None

    async def close(self) -> None:
        if self.link is not None:
            await self.link.close()


def share(settings: Settings, metrics: Metrics) -> Shared:
    url = settings.valkey.url.get_secret_value()
    if not url:
        return Shared(MemoryCache(), MemoryLimiter())
    return _by_valkey(url, settings, metrics)


def _by_valkey(url: str, settings: Settings, metrics: Metrics) -> Shared:
    # 7 MB that one process alone need not hold.
    from bashi.engines.valkey.cache import ValkeyCache  # noqa: PLC0415
    from bashi.engines.valkey.limiter import ValkeyLimiter  # noqa: PLC0415
    from bashi.engines.valkey.link import ValkeyLink  # noqa: PLC0415

    link = ValkeyLink(url)
    metrics.gauges["valkey_down"].set_function(lambda: float(link.down))
    ours = f"bashi:{urlsplit(settings.server.public_url).netloc}:"
    # Another version may keep other things under the same name, and both run during an upgrade.
    cache = ValkeyCache(link, f"{ours}{version('bashi')}:cache:")
    return Shared(cache, ValkeyLimiter(link, f"{ours}limit:"), link)
