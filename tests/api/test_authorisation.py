"""Who may call what, route by route, from the OpenAPI document: a new route can't be forgotten."""

from collections.abc import Iterator

import pytest

from bashi.core.batch import Query
from bashi.core.people.rules import Role
from bashi.entry.describe import describe
from tests.support.client import problem
from tests.support.product import Product

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/site"),
    ("POST", "/auth/register"),
    ("POST", "/auth/login"),
    ("POST", "/auth/refresh"),
    ("POST", "/auth/forgot-password"),
    ("POST", "/auth/login-link"),
    ("POST", "/auth/login-by-link"),
    ("POST", "/auth/reset-password"),
    ("GET", "/events"),
    ("GET", "/events/{slug}"),
    ("GET", "/events/{slug}/calendar.ics"),
    ("GET", "/media/{path}"),
    ("POST", "/tickets/show"),
    ("POST", "/webhooks/stripe"),
}
# Signed in or not: the answer depends on who asks, or on the key of a mailed link.
OPTIONAL = {
    ("POST", "/auth/logout"),
    ("POST", "/auth/verify-email"),
    ("GET", "/orders/{order_id}"),
    ("POST", "/orders/{order_id}/payment"),
    ("POST", "/orders/{order_id}/cancel"),
    ("POST", "/orders/{order_id}/resend"),
    ("GET", "/orders/{order_id}/tickets.pdf"),
    ("GET", "/orders/{order_id}/calendar.ics"),
    ("GET", "/tickets/verify/{ticket_id}"),
}
VOLUNTEERS = {
    ("GET", "/door/events"),
    ("GET", "/door/{event_id}/figures"),
    ("GET", "/door/{event_id}/guests"),
    ("POST", "/door/{event_id}/scans"),
    ("POST", "/tickets/{ticket_id}/use"),
}
ADMINS = {("POST", "/tickets/{ticket_id}/undo")}
PROMOTE = Query("UPDATE person SET role = 'admin' WHERE email = :email")
ID = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"


def operations() -> Iterator[tuple[str, str]]:
    for path, methods in describe()["paths"].items():
        for method in methods:
            yield method.upper(), path


CLOSED = sorted(set(operations()) - PUBLIC - OPTIONAL)
FOR_ADMINS = [one for one in CLOSED if one[1].startswith("/admin") or one in ADMINS]


def concrete(path: str) -> str:
    for name in (
        "event_id",
        "order_id",
        "ticket_id",
        "person_id",
        "type_id",
        "ticket_type_id",
        "alarm_id",
    ):
        path = path.replace(f"{{{name}}}", ID)
    assert "{" not in path, path
    return path.lstrip("/")


def test_the_lists_name_only_what_exists() -> None:
    assert (PUBLIC | OPTIONAL | VOLUNTEERS | ADMINS) - set(operations()) == set()


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_nobody_gets_in_without_signing_in(product: Product, method: str, path: str) -> None:
    answer = await product.client().request(method, concrete(path), json={})
    problem(answer, 401, "not_signed_in")


@pytest.mark.parametrize(("method", "path"), FOR_ADMINS)
async def test_admin_routes_are_for_admins(product: Product, method: str, path: str) -> None:
    user = await product.staff(Role.USER)
    problem(await user.request(method, concrete(path), json={}), 403, "not_allowed")
    volunteer = await product.staff(Role.VOLUNTEER)
    problem(await volunteer.request(method, concrete(path), json={}), 403, "not_allowed")


@pytest.mark.parametrize(("method", "path"), sorted(VOLUNTEERS))
async def test_the_door_is_for_staff(product: Product, method: str, path: str) -> None:
    user = await product.staff(Role.USER)
    problem(await user.request(method, concrete(path), json={}), 403, "not_allowed")


async def test_an_admin_who_is_not_verified_is_nobody(product: Product) -> None:
    client = product.client()
    await client.register("new@example.org")
    await product.ports.database.batch([PROMOTE(email="new@example.org")])
    problem(await client.get("admin/overview"), 403, "not_verified")
