"""The journey through the process that people run, its cookie and its emails."""

from pathlib import Path

import pytest

from tests.people.helpers import COOKIE
from tests.support.client import PASSWORD, problem
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow
EMAIL = "journey@example.org"


async def test_from_registering_to_a_new_password(server: Server) -> None:
    client = server.client()
    await client.register(EMAIL, locale="bn")
    found = {(cookie.name, cookie.path, cookie.secure) for cookie in client.cookies.jar}
    assert found == {(COOKIE, "/api/auth", False), ("bashi_device", "/api/auth", False)}
    headers = {"origin": server.url}
    client.take(await client.post("auth/refresh", headers=headers))
    answer = await client.post("auth/refresh", headers={"origin": "http://evil.example"})
    problem(answer, 403, "wrong_origin")
    form = {"token": await server.link("verify", EMAIL)}
    client.take(await client.post("auth/verify-email", json=form))
    assert (await client.get("me")).json()["verified"] is True

    phone = server.client()
    await phone.post("auth/forgot-password", json={"email": EMAIL})
    token = await server.link("reset", EMAIL, "পাসওয়ার্ড")
    form = {"token": token, "new_password": f"{PASSWORD} again"}
    phone.take(await phone.post("auth/reset-password", json=form))
    problem(await client.get("me"), 401, "not_signed_in")
    assert (await phone.post("auth/logout")).status_code == 204
    problem(await phone.get("me"), 401, "not_signed_in")


async def test_sessions_survive_a_restart(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        async with server.client() as client:
            await client.register(EMAIL)
            assert server.stop() == 0
            server.start()
            assert (await client.get("me")).json() == client.person
            assert (await client.post("auth/refresh")).status_code == 200
