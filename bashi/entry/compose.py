"""The composition root of the server: settings in, ports out."""

from dataclasses import dataclass

from bashi.core.ports import Database, Ports
from bashi.engines.cache_memory import MemoryCache
from bashi.engines.hasher import ThreadHasher
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.images_pillow import PillowImages
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.media_folder import FolderMedia
from bashi.engines.renderer_threads import ThreadRenderer
from bashi.engines.signer import ServerSigner
from bashi.engines.sqlite import SqliteDatabase
from bashi.engines.stripe import StripePayments
from bashi.engines.system import SystemClock, SystemIds
from bashi.entry.mail import mailer
from bashi.entry.policy import organisation, policy
from bashi.entry.settings import Settings
from bashi.http.metrics import MeteredDatabase, Metrics


@dataclass(frozen=True, slots=True)
class Composed:
    ports: Ports
    metrics: Metrics
    database: SqliteDatabase
    cache: MemoryCache


def compose(settings: Settings) -> Composed:
    metrics = Metrics()
    sqlite = SqliteDatabase(settings.database_path)
    database: Database = MeteredDatabase(sqlite, metrics)
    cache = MemoryCache()
    http = HttpxHttp()
    ports = Ports(
        database=database,
        cache=cache,
        limiter=MemoryLimiter(),
        mailer=mailer(settings, http),
        renderer=ThreadRenderer(organisation(settings)),
        payments=StripePayments(
            http,
            settings.stripe_api_key.get_secret_value(),
            settings.webhook_secrets(),
            api_url=settings.stripe_api_url,
            sessions_per_second=settings.stripe_sessions_per_second or None,
        ),
        media=FolderMedia(settings.data_dir / "media"),
        images=PillowImages(),
        signer=_signer(settings),
        hasher=ThreadHasher(settings.password_work, settings.password_threads),
        clock=SystemClock(),
        ids=SystemIds(),
        policy=policy(settings),
    )
    return Composed(ports, metrics, sqlite, cache)


def _signer(settings: Settings) -> ServerSigner:
    return ServerSigner(
        settings.secrets(),
        settings.ticket_key_bytes(),
        settings.accepted_ticket_keys(),
    )
