"""Composition root of the edge: a Worker's environment in, ports and application out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core.ports import Ports
from bashi.core.work.subjects import SUBJECTS
from bashi.engines.limiter_database import DatabaseLimiter
from bashi.engines.mail.resend import ResendMailer
from bashi.engines.renderer.inline import InlineRenderer
from bashi.engines.stripe.client import StripePayments
from bashi.engines.system import SystemClock, SystemIds
from bashi.engines.workers.analytics import WorkersMeter
from bashi.engines.workers.d1 import D1Database
from bashi.engines.workers.documents import WorkersDocuments
from bashi.engines.workers.fetch import WorkersHttp
from bashi.engines.workers.hasher import WebCryptoHasher
from bashi.engines.workers.images import WorkersImages
from bashi.engines.workers.kv import WorkersCache
from bashi.engines.workers.r2 import R2Media
from bashi.engines.workers.signer import WebCryptoSigner
from bashi.engines.workers.ticket_banner import WorkersBanner
from bashi.entry.edge.assets import AssetFiles
from bashi.entry.edge.flood import Flood
from bashi.entry.edge.schema import check_schema
from bashi.entry.gateway_options import gateway_options
from bashi.entry.policy import organization, policy
from bashi.entry.setting_groups.mail import Transport
from bashi.entry.settings import FIELDS, Settings
from bashi.http.app import create_app
from bashi.http.cached_route import CachedPages
from bashi.http.early_routes import EarlyRoutes
from bashi.http.gateway import Gateway
from bashi.http.root import Root
from bashi.http.site import Site


@dataclass(frozen=True, slots=True)
class EdgeComposed:
    ports: Ports
    limiter: DatabaseLimiter
    app: ASGIApp


async def compose(env: Any, wake: Callable[[], None]) -> EdgeComposed:
    settings = read_settings(env)
    http, clock = WorkersHttp(), SystemClock()
    database = D1Database(env.DB, wake)
    await check_schema(database)
    limiter = DatabaseLimiter(database, clock)
    cache = WorkersCache(env.CACHE)
    documents = WorkersDocuments(env.DOCUMENTS, WorkersBanner(env.IMAGES, cache).cut)
    ports = Ports(
        database=database,
        cache=cache,
        limiter=limiter,
        mailer=ResendMailer(
            http,
            settings.mail.resend_api_key.get_secret_value(),
            settings.mail.sender,
            settings.mail.resend_api_url,
        ),
        renderer=InlineRenderer(organization(settings), documents.tickets),
        payments=StripePayments(
            http,
            settings.stripe.api_key.get_secret_value(),
            settings.stripe.secrets(),
            api_url=settings.stripe.api_url,
            sessions_per_second=settings.stripe.sessions_per_second or None,
        ),
        media=R2Media(env.MEDIA),
        images=WorkersImages(env.IMAGES),
        signer=await WebCryptoSigner.open(
            settings.keys.secrets(),
            settings.keys.ticket_key_bytes(),
            settings.keys.accepted_ticket_keys(),
        ),
        hasher=WebCryptoHasher(settings.passwords.work),
        clock=clock,
        ids=SystemIds(),
        policy=policy(settings),
        subjects=SUBJECTS,
    )
    return EdgeComposed(ports, limiter, await _application(settings, ports, env))


def read_settings(env: Any) -> Settings:
    """Variables and secrets of the Worker, named as a server's environment names them.

    Raises ValueError naming what is wrong or missing.
    """
    given = {name: getattr(env, f"BASHI_{name.upper()}", None) for name in FIELDS}
    settings = Settings.read({name: value for name, value in given.items() if value})
    if settings.mail.transport is not Transport.RESEND:
        raise ValueError("BASHI_MAIL: the edge sends emails by resend")
    return settings


async def _application(settings: Settings, ports: Ports, env: Any) -> ASGIApp:
    files = AssetFiles(env.ASSETS)
    await files.open()
    api = create_app(ports, None)
    site_url = ports.policy.site_url
    pages = CachedPages(api, EarlyRoutes(api, api))
    root = Root(pages, Site(files, ports), settings.server.api_host, {}, site_url=site_url)
    return _Edge(
        Gateway(Flood(root, env.FLOOD), gateway_options(settings), WorkersMeter(env.REQUESTS))
    )


class _Edge:
    """What differs from a server: the platform says whose request it is, compresses by itself, and
    would run a lifespan around every request; ours has nothing to do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        headers = dict(scope["headers"])
        scope["client"] = (headers.get(b"cf-connecting-ip", b"").decode("latin-1"), 0)
        headers.pop(b"accept-encoding", None)
        scope["headers"] = list(headers.items())
        await self._app(scope, receive, send)
