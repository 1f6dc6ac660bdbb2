"""Composition root of the server: settings in, ports out."""

from dataclasses import dataclass

from bashi.core.ports import Ports
from bashi.core.work.subjects import SUBJECTS
from bashi.engines.hasher_threads import ThreadHasher
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.images_pillow import PillowImages
from bashi.engines.renderer.process import ProcessRenderer
from bashi.engines.signer_cryptography import ServerSigner
from bashi.engines.stripe.client import StripePayments
from bashi.engines.system import SystemClock, SystemIds
from bashi.entry.cache_and_limits import Shared, share
from bashi.entry.database import OpenDatabase, open_database
from bashi.entry.mail import mailer
from bashi.entry.media import open_media
from bashi.entry.metered_mailer import MeteredMailer
from bashi.entry.policy import organization, policy
from bashi.entry.settings import Settings
from bashi.http.metrics import MeteredDatabase, Metrics


@dataclass(frozen=True, slots=True)
class Composed:
    ports: Ports
    metrics: Metrics
    database: OpenDatabase
    shared: Shared
    renderer: ProcessRenderer

    async def close(self) -> None:
        await self.renderer.close()
        await self.database.close()
        await self.shared.close()


def compose(settings: Settings) -> Composed:
    metrics = Metrics()
    database = open_database(settings)
    if database.figures():
        metrics.pool(database.figures)
    shared = share(settings, metrics)
    http = HttpxHttp()
    renderer = ProcessRenderer(organization(settings))
    ports = Ports(
        database=MeteredDatabase(database, metrics),
        cache=shared.cache,
        limiter=shared.limiter,
        mailer=MeteredMailer(mailer(settings, http), metrics),
        renderer=renderer,
        payments=StripePayments(
            http,
            settings.stripe.api_key.get_secret_value(),
            settings.stripe.secrets(),
            api_url=settings.stripe.api_url,
            sessions_per_second=settings.stripe.sessions_per_second or None,
        ),
        media=open_media(settings),
        images=PillowImages(),
        signer=_signer(settings),
        hasher=ThreadHasher(settings.passwords.work, settings.passwords.threads),
        clock=SystemClock(),
        ids=SystemIds(),
        policy=policy(settings),
        subjects=SUBJECTS,
    )
    return Composed(ports, metrics, database, shared, renderer)


def _signer(settings: Settings) -> ServerSigner:
    return ServerSigner(
        settings.keys.secrets(),
        settings.keys.ticket_key_bytes(),
        settings.keys.accepted_ticket_keys(),
    )
