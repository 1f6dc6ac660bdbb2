"""What one test does at an installation: people, a sale, emails, payments. Only by HTTP."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from tests.blackbox.installation import Email, Installation
from tests.blackbox.spread import Spread
from tests.events.organizer import DAY, HOUR, Organizer
from tests.support.client import Client
from tests.support.shop import Sale

PATIENCE_SECONDS = 30
DECLINED = "4000000000000002"

T = TypeVar("T")


async def eventually(read: Callable[[], Awaitable[T | None]]) -> T:
    """What `read` returns once it returns something true."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = await read()
            if found:
                return found
            await asyncio.sleep(0.1)


def somebody() -> str:
    return f"{uuid4().hex}@example.org"


@dataclass
class Site(Sale):
    installation: Installation
    organizer: Organizer = field(init=False)
    clients: list[Client] = field(default_factory=list)
    machine: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=30))
    """Another program on the installation's machine, such as Stripe."""

    async def open(self) -> None:
        admin = self.client()
        if not self.installation.admin_token:
            await admin.login(*self.installation.admin)
            self.installation.admin_token = admin.headers["authorization"]
        admin.headers["authorization"] = self.installation.admin_token
        self.organizer = Organizer(admin, SystemClock().now)

    async def close(self) -> None:
        for client in [self.machine, *self.clients]:
            await client.aclose()

    def client(self) -> Client:
        """A fresh browser at an address of its own, so that tests don't share rate limits."""
        client = Client(
            transport=Spread(self.installation.turns),
            base_url=f"{self.installation.site_url}/api",
            headers={self.installation.address_header: self.installation.new_address()},
            timeout=30,
        )
        self.clients.append(client)
        return client

    def root(self, path: str) -> str:
        """For what is not below /api."""
        return f"{self.installation.site_url}{path}"

    # People

    async def buyer(self, **changes: str) -> Client:
        client = self.client()
        await client.register(somebody(), **changes)
        return client

    async def confirmed(self) -> Client:
        client = await self.buyer()
        form = {"token": await self.link("verify", client.person["email"])}
        client.take(await client.post("auth/verify-email", json=form))
        return client

    async def staff(self, role: str) -> Client:
        """Promoted by the admin, and signed in anew."""
        client = await self.confirmed()
        path = f"admin/people/{client.person['id']}/role"
        assert (await self.admin.put(path, json={"role": role})).status_code == 200
        await client.login(client.person["email"])
        return client

    # Emails

    async def email(self, to: str, subject: str) -> Email:
        """The newest email to `to` whose subject has `subject` in it, once it has come."""

        async def find() -> Email | None:
            emails = await self.installation.emails(to)
            return next((one for one in emails if subject in one.subject), None)

        return await eventually(find)

    async def link(self, page: str, to: str, subject: str = "") -> str:
        """The secret behind # in that email's link to `page`."""
        text = (await self.email(to, subject)).text
        found = re.search(rf"{re.escape(self.installation.site_url)}(?:/bn)?/{page}/#(\S+)", text)
        assert found, text
        return found[1]

    # The sale

    async def event(self, *types: dict[str, Any], **changes: Any) -> Any:
        """A published event in two days; without `types` it has one for 15.00 with 100 seats."""
        event = await self.organizer.create(**(soon() | changes))
        for place, kind in enumerate(types or ({},)):
            await self.organizer.add_type(event, **({"position": place} | kind))
        return await self.organizer.publish(event)

    async def pass_seconds(self, seconds: int) -> None:
        await asyncio.sleep(min(seconds, 0.2))

    async def pay(self, page: str, **values: Any) -> Any:
        """As a buyer would at that payment page; with a good card unless `card` is given."""
        session = page.rpartition("/")[2]
        return await self.stripe("pay", session=session, **values)

    async def stripe(self, action: str, **values: Any) -> Any:
        answer = await self.installation.stripe.control(self.machine, action, **values)
        assert answer.is_success, answer.text
        return answer.json()

    async def becomes(self, client: Client, order: Any, *statuses: str) -> Any:
        async def look() -> Any:
            found = await self.read(client, order)
            return found if found["status"] in statuses else None

        return await eventually(look)

    async def buy(self, client: Client, event: Any, *seats: int, **changes: Any) -> Any:
        """From the hold to the tickets, by Stripe's webhook."""
        return await self.buy_held(client, await self.hold(client, event, *seats, **changes))

    async def buy_held(self, client: Client, order: Any) -> Any:
        await self.pay(await self.open_payment(client, order))
        return await self.becomes(client, order, "paid")


def soon(hours: float = 48) -> dict[str, str]:
    """Dates of an event that begins in so many hours."""
    starts_at = SystemClock().now() + round(hours * HOUR)
    return {"starts_at": rfc3339(starts_at), "ends_at": rfc3339(starts_at + DAY // 4)}
