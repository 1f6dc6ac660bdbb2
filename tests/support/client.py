"""A caller of the API, in this process or over a socket, who may be signed in."""

from typing import Any

import httpx

EMAIL = "rahima@example.org"
PASSWORD = "six geese cross the bridge"  # long enough for staff
TERMS = "2026-11"


class Client(httpx.AsyncClient):
    """`base_url` ends in /api. Cookies are kept; the access token goes with each request."""

    person: dict[str, Any]

    async def register(self, email: str = EMAIL, **changes: str) -> dict[str, Any]:
        answer = await self.post("auth/register", json=registration(email, **changes))
        assert answer.status_code == 201, answer.text
        return self.take(answer)

    async def login(self, email: str = EMAIL, password: str = PASSWORD) -> dict[str, Any]:
        answer = await self.post("auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return self.take(answer)

    def take(self, answer: httpx.Response) -> dict[str, Any]:
        """Goes on as whom an AuthOut names. Returns that person."""
        auth = answer.json()
        self.headers["authorization"] = f"Bearer {auth['access_token']}"
        self.person = auth["person"]
        return self.person

    def forget_token(self) -> None:
        self.headers.pop("authorization", None)


def registration(email: str = EMAIL, **changes: str) -> dict[str, str]:
    form = {
        "email": email,
        "name": "Rahima Khatun",
        "password": PASSWORD,
        "locale": "en",
        "terms_version": TERMS,
    }
    return form | changes


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document, once it is the expected one."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document: dict[str, Any] = answer.json()
    assert (answer.status_code, document["code"]) == (status, code), answer.text
    assert document["status"] == status
    assert document["request_id"] == answer.headers["x-request-id"]
    return document


def faults(answer: httpx.Response) -> dict[str, dict[str, Any]]:
    """Field path → its code, words and limits."""
    fields: dict[str, dict[str, Any]] = problem(answer, 422, "invalid_fields")["fields"]
    return fields
