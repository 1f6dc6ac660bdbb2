"""One contract for the signer of a server and for the edge's."""

from collections.abc import Awaitable, Callable

import pytest

from bashi.core.ticket_code import DIGITS, SERIAL_MAX, TicketCode, event_tag
from bashi.core.tokens import access_claims
from bashi.engines.signer_cryptography import ServerSigner
from tests.edge.adapters import EdgeSigner

OLD, NEW = "the secret of last year, long enough", "the secret of this year, long enough"
OLD_KEY, NEW_KEY = bytes(range(32)), bytes(range(32, 64))
NOW = 1_795_176_000_000
EVENT_ID, TICKET_ID = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e", "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6f"
CODE = TicketCode(TICKET_ID, event_tag(EVENT_ID), 3)
VERSION_1 = (
    "v1.JPbtas.AZnzonwee1KcBz8aK0xdbg.AZnzonwee1KcBz8aK0xdbw.3.Sm_7nMnz535QTXRZiMpUsR"
    "JeWMiabjTbrxmJhw5qv_uVUHoTQVeAOebUsyY35neEhWReZpPeO_gcOhNb8KNpDw"
)


Open = Callable[..., Awaitable[ServerSigner | EdgeSigner]]


@pytest.fixture(params=["server", pytest.param("webcrypto", marks=pytest.mark.slow)])
def signer_with(request: pytest.FixtureRequest) -> Open:
    async def server(*keys: object) -> ServerSigner:
        return ServerSigner(*keys)  # type: ignore[arg-type]

    async def webcrypto(*keys: object) -> EdgeSigner:
        return EdgeSigner(request.getfixturevalue("edge"), *keys)

    return server if request.param == "server" else webcrypto


def public_of(private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


READ = {"sub": "person", "sid": "session", "exp": NOW // 1000 + 60}


async def test_access_token(signer_with: Open) -> None:
    signer = await signer_with([NEW], NEW_KEY)
    token = await signer.access_token(access_claims("person", "session", NOW, 60))
    assert await signer.read_access_token(token, NOW) == READ
    assert await signer.read_access_token(token, NOW + 59_999) == READ
    assert await signer.read_access_token(token, NOW + 60_000) is None


async def test_the_old_secret_verifies_and_never_signs(signer_with: Open) -> None:
    before, during = await signer_with([OLD], OLD_KEY), await signer_with([NEW, OLD], OLD_KEY)
    after = await signer_with([NEW], OLD_KEY)
    claims = access_claims("person", "session", NOW, 60)
    old, new = await before.access_token(claims), await during.access_token(claims)
    assert await during.read_access_token(old, NOW) == READ
    assert await after.read_access_token(old, NOW) is None
    assert await after.read_access_token(new, NOW) == READ
    assert await before.read_access_token(new, NOW) is None
    old, new = await before.seal("link", "7"), await during.seal("link", "7")
    assert await during.unseal("link", "7", old)
    assert not await after.unseal("link", "7", old)
    assert await after.unseal("link", "7", new)


@pytest.mark.parametrize(
    ("purpose", "content"), [("order", "7"), ("link", "8"), ("link\n7", ""), ("", "link\n7")]
)
async def test_a_seal_is_for_one_purpose_and_content(
    signer_with: Open, purpose: str, content: str
) -> None:
    signer = await signer_with([NEW], NEW_KEY)
    tag = await signer.seal("link", "7")
    assert len(tag) == 43
    assert await signer.unseal("link", "7", tag)
    assert not await signer.unseal(purpose, content, tag)
    for wrong in ("", tag[:-1], tag + "=", tag.swapcase(), "অ"):
        assert not await signer.unseal("link", "7", wrong)


async def test_ticket_code(signer_with: Open) -> None:
    signer = await signer_with([NEW], NEW_KEY)
    code = await signer.sign_ticket(CODE)
    assert len(code) == DIGITS
    assert code.isdigit()
    assert await signer.verify_ticket(code) == CODE
    last = TicketCode(TICKET_ID, CODE.event_tag, SERIAL_MAX)
    assert await signer.verify_ticket(await signer.sign_ticket(last)) == last
    with pytest.raises(ValueError, match="times"):
        await signer.sign_ticket(TicketCode(TICKET_ID, CODE.event_tag, SERIAL_MAX + 1))


async def test_a_forged_ticket_code(signer_with: Open) -> None:
    signer = await signer_with([NEW], NEW_KEY)
    good = await signer.sign_ticket(CODE)
    another = await (await signer_with([NEW], OLD_KEY)).sign_ticket(CODE)
    first = 2 * 10 ** (DIGITS - 1)
    for forged in (
        "",
        another,
        good[:-1],
        f"0{good}",
        f"{good}0",
        f"{good}\n",
        f" {good}",
        f"{good[:-1]}٣",
        "9" * DIGITS,
        "0" * DIGITS,
        str(first),
        str(int(good) + 1),  # the signature's last bit
        str(int(good) ^ 1 << 512),  # the ticket's
        str(int(good) ^ 1 << 640),  # the serial's
        str(int(good) ^ 1 << 656),  # the event's
        str(first + (int(another) - first) % (1 << 672) + (int(good) - first >> 672 << 672)),
    ):
        assert await signer.verify_ticket(forged) is None, forged


async def test_tickets_of_the_key_before_stay_valid(signer_with: Open) -> None:
    code = await (await signer_with([NEW], OLD_KEY)).sign_ticket(CODE)
    rotated = await signer_with([NEW], NEW_KEY, [public_of(OLD_KEY)])
    assert await rotated.verify_ticket(code) == CODE
    assert await (await signer_with([NEW], NEW_KEY)).verify_ticket(code) is None
    new = await rotated.sign_ticket(CODE)
    assert new != code
    assert await rotated.verify_ticket(new) == CODE


async def test_codes_of_version_1_stay_valid(signer_with: Open) -> None:
    """Made by the last program that wrote them, with the key NEW_KEY."""
    signer = await signer_with([NEW], NEW_KEY)
    assert await signer.verify_ticket(VERSION_1) == CODE
    other_key = await signer_with([NEW], OLD_KEY)
    assert await other_key.verify_ticket(VERSION_1) is None
    signed, _, signature = VERSION_1.rpartition(".")
    for forged in (
        ".",
        "v1....",
        "v1.....",
        "v1.a.b.c.1.d",
        signed,
        f"{signed}.",
        f"{signed}.{signature[:-2]}AA",
        f"{signed}.{signature}=",
        f"{signed}.{signature}\n",
        f"{signed}.অ",
        VERSION_1.replace("v1.", "v2.", 1),
        VERSION_1.replace(".3.", ".4."),
        VERSION_1.replace(".3.", ".٣."),
    ):
        assert await signer.verify_ticket(forged) is None, forged
