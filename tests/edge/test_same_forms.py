"""What one engine made, the other accepts: passwords, sign-ins and tickets."""

import time

import pytest

from bashi.core.tokens import access_claims
from bashi.engines.hasher_threads import ThreadHasher
from bashi.engines.signer_cryptography import ServerSigner
from tests.edge.visit import Visit
from tests.support.client import PASSWORD
from tests.support.product import SECRET, TICKET_KEY

pytestmark = pytest.mark.slow

SERVER = ServerSigner([SECRET], TICKET_KEY)


async def test_a_password_kept_by_the_edge(visit: Visit) -> None:
    buyer = await visit.buyer()
    query = "SELECT password_hash FROM person WHERE id = ?"
    (row,) = visit.edge.sql(query, buyer.person["id"])
    hasher = ThreadHasher()
    assert await hasher.verify(PASSWORD, row["password_hash"])
    assert not await hasher.verify(f"{PASSWORD}!", row["password_hash"])
    assert not hasher.outdated(row["password_hash"])


async def test_a_password_kept_by_a_server(visit: Visit) -> None:
    buyer = await visit.buyer()
    stored = await ThreadHasher().hash("nine clouds over the delta")
    command = "UPDATE person SET password_hash = ? WHERE id = ?"
    visit.edge.sql(command, stored, buyer.person["id"])
    await visit.client().login(buyer.person["email"], "nine clouds over the delta")


async def test_a_hash_beyond_the_platforms_limit_is_refused_here_too(visit: Visit) -> None:
    buyer = await visit.buyer()
    stored = await ThreadHasher("1x100001").hash(PASSWORD)
    command = "UPDATE person SET password_hash = ? WHERE id = ?"
    visit.edge.sql(command, stored, buyer.person["id"])
    login = {"email": buyer.person["email"], "password": PASSWORD}
    assert (await visit.client().post("auth/login", json=login)).status_code == 500


async def test_sign_ins(visit: Visit) -> None:
    buyer = await visit.buyer()
    token = buyer.headers["authorization"].removeprefix("Bearer ")
    claims = await SERVER.read_access_token(token, 0)
    assert claims is not None
    assert claims["sub"] == buyer.person["id"]
    now = int(time.time() * 1000)
    theirs = await SERVER.access_token(access_claims(claims["sub"], claims["sid"], now, 60))
    buyer.headers["authorization"] = f"Bearer {theirs}"
    assert (await buyer.get("me")).json()["id"] == buyer.person["id"]


async def test_tickets(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    order = await visit.buy(await visit.buyer(), event)
    code = order["tickets"][0]["link"].rpartition("#")[2]
    read = await SERVER.verify_ticket(code)
    assert read is not None
    assert await SERVER.sign_ticket(read) == code  # Ed25519 has one signature for a message
    admitted = await visit.scan(organizer.client, event, await SERVER.sign_ticket(read))
    assert admitted.json()["verdict"] == "admitted"
