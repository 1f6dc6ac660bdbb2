import base64
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bashi.engines.keyed_signer import _derive
from bashi.engines.signer_cryptography import ServerSigner
from tests.support.client import Client, problem
from tests.support.database import Template
from tests.support.product import OTHER_SECRET, SECRET, TICKET_KEY, Product, open_product

KEY = _derive(SECRET, "access-token")


async def accepted(client: Client, token: str) -> bool:
    answer = await client.get("me", headers={"authorization": f"Bearer {token}"})
    if answer.status_code == 200:
        return True
    problem(answer, 401, "not_signed_in")
    return False


def token_of(client: Client) -> str:
    return client.headers["authorization"].removeprefix("Bearer ")


def claims_of(client: Client) -> dict[str, Any]:
    return jwt.decode(token_of(client), options={"verify_signature": False})


def sign(claims: dict[str, Any], key: bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key, algorithm)


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    parts = ({"alg": algorithm, "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    return b".".join(encoded).decode() + "."


async def test_says_no_more_than_who_and_until_when(client: Client) -> None:
    person = await client.register()
    claims = claims_of(client)
    assert set(claims) == {"iss", "aud", "sub", "sid", "iat", "exp"}
    assert claims["sub"] == person["id"]
    assert claims["exp"] - claims["iat"] == 86_400
    assert await accepted(client, sign(claims))


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-api"},
        {"iss": "another"},
        {"exp": 1_795_176_000},
        {"exp": "soon"},
        {"exp": True},
        {"sub": "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"},
        {"sub": 7},
        {"sid": "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"},
        {"sid": ["a"]},
        {"aud": None},
        {"iss": None},
        {"exp": None},
        {"sub": None},
        {"sid": None},
    ],
    ids=str,
)
async def test_refuses_other_claims(client: Client, change: dict[str, Any]) -> None:
    """None stands for a claim that is missing."""
    await client.register()
    claims = claims_of(client) | change
    signed = sign({name: value for name, value in claims.items() if value is not None})
    assert not await accepted(client, signed)


async def test_refuses_other_signatures(client: Client) -> None:
    await client.register()
    claims, good = claims_of(client), token_of(client)
    assert await accepted(client, good)
    own = Ed25519PrivateKey.from_private_bytes(TICKET_KEY)
    for forged in (
        unsigned(claims, "none"),
        unsigned(claims, "None"),
        unsigned(claims, "HS256"),
        sign(claims, SECRET.encode()),
        sign(claims, _derive(OTHER_SECRET, "access-token")),
        sign(claims, _derive(SECRET, "seal")),
        sign(claims, KEY * 2, "HS512"),
        jwt.encode(claims, own, "EdDSA"),
        good[:-4] + "AAAA",
        good.rpartition(".")[0] + ".",
        good.replace(".", ""),
        "e30.e30.e30",
        "....",
        "é" * 40,
        "",
    ):
        header = f"Bearer {forged}".encode()
        answer = await client.get("me", headers={b"authorization": header})
        problem(answer, 401, "not_signed_in")


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
async def test_only_as_bearer(client: Client, scheme: str) -> None:
    await client.register()
    header = {"authorization": f"{scheme} {token_of(client)}".strip()}
    problem(await client.get("me", headers=header), 401, "not_signed_in")


async def test_ends_after_a_day(client: Client, product: Product) -> None:
    await client.register()
    product.clock.advance(hours=23, minutes=59)
    assert await accepted(client, token_of(client))
    product.clock.advance(minutes=1)
    assert not await accepted(client, token_of(client))


async def test_both_secrets_hold_during_a_rotation(
    client: Client, product: Product, tmp_path: Path, database_template: Template
) -> None:
    await client.register()
    link = await product.link("verify", "rahima@example.org")
    before = token_of(client)
    for name, secrets, holds in (
        ("during", [OTHER_SECRET, SECRET], True),
        ("after", [OTHER_SECRET], False),
    ):
        folder = tmp_path / name
        folder.mkdir()
        async with open_product(
            folder,
            database_template,
            database=product.ports.database,
            clock=product.clock,
            signer=ServerSigner(secrets, TICKET_KEY),
        ) as rotated:
            browser = rotated.client()
            assert await accepted(browser, before) is holds
            await browser.login()
            assert await accepted(browser, token_of(browser))
            assert await accepted(client, token_of(browser)) is False
            answer = await rotated.client().post("auth/verify-email", json={"token": link})
            problem(answer, *((409, "password_needed") if holds else (410, "link_expired")))
