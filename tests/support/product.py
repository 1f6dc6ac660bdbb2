"""The whole product in this process: real database, fast passwords, emails kept, movable clock."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from bashi.core.batch import Query
from bashi.core.brand import Brand, Name
from bashi.core.mail.emails import Organization
from bashi.core.people.add_user import AddUser, add_user
from bashi.core.people.rules import Role
from bashi.core.ports import Policy, Ports
from bashi.core.work.outbox import carry_on_due, deliver_due
from bashi.core.work.subjects import SUBJECTS
from bashi.engines.cache_memory import MemoryCache
from bashi.engines.hasher_threads import ThreadHasher
from bashi.engines.images_pillow import PillowImages
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.media.folder import FolderMedia
from bashi.engines.renderer.inline import InlineRenderer
from bashi.engines.signer_cryptography import ServerSigner
from bashi.engines.stripe.client import StripePayments
from bashi.engines.system import SystemIds
from bashi.http.app import create_app
from bashi.http.cached_route import CachedPages
from bashi.http.early_routes import EarlyRoutes
from bashi.http.gateway import Gateway, GatewayOptions
from bashi.http.metrics import Metrics
from bashi.http.root import Root
from tests.support.client import PASSWORD, TERMS, Client
from tests.support.database import Template
from tests.support.stand_ins import Mailbox, MovableClock, NoHttp, SentEmail, tickets

SITE = "https://tickets.example.org"
SECRET = "a secret that only the tests know, and they tell"
OTHER_SECRET = "the secret that was there before the rotation"
TICKET_KEY = bytes(range(32))
FAST_PASSWORDS = "1x1000"
BRAND = Brand({"en": Name("OKLAHOMABASHI")})
ORGANIZATION = Organization(BRAND, SITE, "hello@example.org")

POLICY = Policy(
    brand=BRAND,
    site_url=SITE,
    support_email=ORGANIZATION.support_email,
    time_zone="America/Chicago",
    currency="USD",
    terms_version=TERMS,
    locales=("en", "bn"),
    password_min_user=8,
    password_min_staff=15,
    hold_seats_per_person=40,
    hold_seats_per_address=120,
)
OPTIONS = GatewayOptions(
    trusted_proxies=(), hosts=frozenset(), https=True, log_all=False, refuse_forwarded=False
)


@dataclass
class Product:
    ports: Ports
    clock: MovableClock
    mailbox: Mailbox
    app: ASGIApp
    clients: list[Client] = field(default_factory=list)

    def client(self, address: str = "198.51.100.7") -> Client:
        """A fresh browser, without cookies, calling from `address`. Closed with the product."""
        transport = httpx.ASGITransport(self.app, client=(address, 40_000))
        self.clients.append(Client(transport=transport, base_url=f"{SITE}/api"))
        return self.clients[-1]

    async def staff(self, role: Role = Role.ADMIN, email: str | None = None) -> Client:
        """Somebody whom the operator added, signed in."""
        email = email or f"{role.value}@example.org"
        name = f"A. {role.value.title()}"
        await add_user(self.ports, AddUser(email, name, PASSWORD, role))
        client = self.client()
        await client.login(email)
        return client

    async def deliver(self) -> Sequence[SentEmail]:
        """Runs the outbox until nothing is due. Returns the emails that left now."""
        before = len(self.mailbox.emails)
        while await deliver_due(self.ports) + await carry_on_due(self.ports):
            pass
        return self.mailbox.emails[before:]

    async def link(self, page: str, to: str) -> str:
        """The secret behind # in the newest email to `to` that leads to `page`."""
        await self.deliver()
        pattern = re.compile(rf"{re.escape(SITE)}(?:/bn)?/{page}/#(\S+)")
        found = [
            pattern.findall(message.text) for message in self.mailbox.emails if message.to == to
        ]
        secrets = [secret for message in found for secret in message]
        assert secrets, f"no email to {to} leads to {page}"
        return str(secrets[-1])

    async def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        """What the database holds; only for what no route shows."""
        found = await self.ports.database.fetch(Query(sql)(**params))
        return [{name: row[name] for name in row.keys()} for row in found]  # type: ignore[attr-defined]  # noqa: SIM118


@asynccontextmanager
async def open_product(
    folder: Path, database_template: Template, options: GatewayOptions = OPTIONS, **ports: Any
) -> AsyncIterator[Product]:
    """`ports` replaces ports by name."""
    database_template.create(folder)
    database = database_template.connect(folder)
    clock, mailbox, metrics = MovableClock(), Mailbox(), Metrics()
    composed = Ports(
        database=database,
        cache=MemoryCache(),
        limiter=MemoryLimiter(seconds=clock.seconds),
        mailer=mailbox,
        renderer=InlineRenderer(ORGANIZATION, tickets),
        payments=StripePayments(NoHttp(), "sk_test_of_the_tests", ["whsec_of_the_tests"]),
        media=FolderMedia(folder / "media"),
        images=PillowImages(),
        signer=ServerSigner([SECRET], TICKET_KEY),
        hasher=ThreadHasher(FAST_PASSWORDS),
        clock=clock,
        ids=SystemIds(),
        policy=POLICY,
        subjects=SUBJECTS,
    )
    composed = replace(composed, **ports)
    api = create_app(composed, metrics)
    site = PlainTextResponse("the site", 404)
    app = Gateway(Root(CachedPages(api, EarlyRoutes(api, api)), site, "", {}), options, metrics)
    product = Product(composed, clock, mailbox, app)
    try:
        yield product
    finally:
        for client in product.clients:
            await client.aclose()
        await database.close()
        database_template.drop(folder)
