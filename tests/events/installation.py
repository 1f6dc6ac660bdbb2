"""A whole installation in one process: real database, real files, a clock that tests move."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
from fastapi import FastAPI

from bashi import migrations
from bashi.core.batch import Query
from bashi.core.mail.letters import Organisation
from bashi.core.ports import Mailer, Payments, Policy, Ports
from bashi.core.tokens import access_claims
from bashi.engines.cache_memory import MemoryCache
from bashi.engines.hasher import ThreadHasher
from bashi.engines.images_pillow import PillowImages
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.media_folder import FolderMedia
from bashi.engines.renderer_threads import ThreadRenderer
from bashi.engines.signer import ServerSigner
from bashi.engines.sqlite import SqliteDatabase, migrate
from bashi.engines.system import SystemIds
from bashi.http.app import create_app
from bashi.http.gateway import Gateway, GatewayOptions
from bashi.http.metrics import Metrics

NOW = 1_796_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR
PERSON = Query(
    "INSERT INTO person (id, email, name, password_hash, role, locale, consent_version, consent_at,"
    " verified_at, created_at) VALUES (:id, :email, :id, '', :role, 'en', '1', :now, :now, :now)"
)
SESSION = Query(
    "INSERT INTO session (id, person_id, created_at, expires_at)"
    " VALUES (:id, :person, :now, :expires)"
)


class MovableClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> int:
        return self.at


@dataclass
class Installation:
    ports: Ports
    app: FastAPI
    client: httpx.AsyncClient
    clock: MovableClock
    database: SqliteDatabase

    async def bearer(self, role: str) -> Mapping[str, str]:
        """Headers of a person with that role who has just signed in."""
        person, session = self.ports.ids.uuid(), self.ports.ids.uuid()
        now = self.clock.at
        email = f"{person}@example.org"
        expires = now + 1000 * DAY
        await self.ports.database.batch(
            [
                PERSON(id=person, email=email, role=role, now=now),
                SESSION(id=session, person=person, now=now, expires=expires),
            ]
        )
        token = await self.ports.signer.access_token(access_claims(person, session, now, 10**9))
        return {"authorization": f"Bearer {token}"}

    async def rows(self, sql: str, **params: str | int) -> list[dict[str, Any]]:
        found = await self.ports.database.fetch(Query(sql)(**params))
        return [dict(cast(Any, row)) for row in found]

    async def run(self, sql: str, **params: str | int) -> None:
        await self.ports.database.batch([Query(sql)(**params)])


def install(folder: Path) -> Installation:
    path = folder / "bashi.sqlite"
    migrate(path, migrations.load(), lambda: NOW)
    database = SqliteDatabase(path)
    clock = MovableClock()
    organisation = Organisation("OKLAHOMABASHI", "http://localhost:8000", "hello@example.org")
    ports = Ports(
        database=database,
        cache=MemoryCache(),
        limiter=MemoryLimiter(),
        mailer=cast(Mailer, None),
        renderer=ThreadRenderer(organisation),
        payments=cast(Payments, None),
        media=FolderMedia(folder / "media"),
        images=PillowImages(),
        signer=ServerSigner(["x" * 40], bytes(32)),
        hasher=ThreadHasher("1x1000"),
        clock=clock,
        ids=SystemIds(),
        policy=Policy(
            organisation=organisation.name,
            site_url=organisation.site_url,
            support_email=organisation.support_email,
            time_zone="America/Chicago",
            currency="USD",
            terms_version="2026-11",
            locales=("en", "bn"),
            password_min_user=8,
            password_min_staff=15,
            hold_seats_per_person=40,
            hold_seats_per_address=120,
        ),
    )
    metrics = Metrics()
    app = create_app(ports, metrics)
    options = GatewayOptions((), frozenset(), https=False, log_all=False, refuse_forwarded=False)
    transport = httpx.ASGITransport(Gateway(app, options, metrics))
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")
    return Installation(ports, app, client, clock, database)


def moment(at: int) -> str:
    from bashi.http.values import rfc3339

    return rfc3339(at)


def event_in(**changes: Any) -> dict[str, Any]:
    return {
        "title_en": "Durga Pujo",
        "title_bn": "দুর্গাপূজা",
        "summary_en": "Five days of drums.",
        "summary_bn": "পাঁচ দিনের ঢাক।",
        "description_en": "Come **all**!",
        "description_bn": "সবাই **আসুন**!",
        "refund_policy_en": "Until a week before.",
        "refund_policy_bn": "এক সপ্তাহ আগে পর্যন্ত।",
        "starts_at": moment(NOW + 10 * DAY),
        "ends_at": moment(NOW + 10 * DAY + 5 * HOUR),
        "time_zone": "America/Chicago",
        "venue": "Riverside Hall",
        "address": "1 River Road, Oklahoma City",
        **changes,
    }


def type_in(**changes: Any) -> dict[str, Any]:
    return {
        "name_en": "Adult",
        "name_bn": "প্রাপ্তবয়স্ক",
        "price_cents": 1500,
        "capacity": 100,
        "kept_back": 0,
        "sale_starts_at": None,
        "sale_ends_at": None,
        "min_per_order": 1,
        "max_per_order": 10,
        "position": 0,
        "hidden": False,
        "version": None,
        **changes,
    }


def body(answer: httpx.Response) -> Any:
    return json.loads(answer.content)
