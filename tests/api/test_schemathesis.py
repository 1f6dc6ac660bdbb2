"""The OpenAPI document against the running product: no 5xx, and no answer that it leaves out."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bashi.entry.demo.data import PASSWORD
from bashi.entry.describe import describe
from tests.support.server import Server, running_server

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("api")) as running:
        yield running


@pytest.fixture(scope="module")
def admin_token(server: Server) -> str:
    body = {"email": "admin@example.org", "password": PASSWORD}
    answer = httpx.post(f"{server.url}/api/auth/login", json=body)
    token: str = answer.json()["access_token"]
    return token


schema = schemathesis.openapi.from_dict(describe())


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_documented(
    case: schemathesis.Case[Any], server: Server, admin_token: str
) -> None:
    """As an admin, so that the requests reach the rules behind the door."""
    headers = {} if case.path in ENDING_SESSIONS else {"Authorization": f"Bearer {admin_token}"}
    case.call_and_validate(base_url=f"{server.url}/api", headers=headers, checks=list(CHECKS))


ENDING_SESSIONS = ("/auth/logout", "/me/password")
