"""What the door says of a code, and that a ticket admits once."""

from typing import Any

import pytest

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.people.rules import Role
from bashi.core.ticket_code import TicketCode, event_tag
from bashi.engines.signer_cryptography import ServerSigner
from bashi.http.fields import rfc3339
from tests.door.gate import Gate
from tests.support.client import faults, problem
from tests.support.codes import mixed
from tests.support.product import SECRET, TICKET_KEY

OTHER_KEY = bytes(range(1, 33))


async def test_an_unused_ticket_admits(gate: Gate) -> None:
    ticket = gate.tickets[0]
    now = rfc3339(gate.shop.product.clock.now())
    scan_id = gate.shop.new_id()
    assert await gate.scan(ticket, scan_id=scan_id) == {
        "scan_id": scan_id,
        "verdict": "admitted",
        "ticket_id": ticket["id"],
        "attendee": "Guest 1",
        "type_name": {"en": "Adult", "bn": "প্রাপ্তবয়স্ক"},
        "order_number": gate.order["number"],
        "used_at": now,
        "used_gate": "Gate A",
        "event_title": {"en": "Durga Pujo", "bn": "দুর্গাপূজা"},
    }


async def test_the_code_without_its_link_admits_too(gate: Gate) -> None:
    code = gate.tickets[0]["link"].partition("#")[2]
    assert (await gate.scan(code=code))["verdict"] == "admitted"


async def test_a_used_ticket_tells_when_and_where(gate: Gate) -> None:
    first = await gate.scan(gate.tickets[0])
    gate.shop.product.clock.advance(minutes=5)
    gate.name = "Gate B"
    second = await gate.scan(gate.tickets[0])
    assert second["verdict"] == "already_used"
    assert (second["used_at"], second["used_gate"]) == (first["used_at"], "Gate A")


async def test_each_ticket_of_an_order_admits(gate: Gate) -> None:
    assert [(await gate.scan(one))["verdict"] for one in gate.tickets] == ["admitted"] * 3


async def test_a_refunded_ticket_is_void(gate: Gate) -> None:
    await gate.shop.refund(gate.order, ticket_ids=[gate.tickets[0]["id"]])
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "void"
    assert (await gate.scan(gate.tickets[1]))["verdict"] == "admitted"


async def test_a_ticket_of_another_event_names_it(gate: Gate) -> None:
    other = await gate.shop.event(title="Poila Boishakh")
    answer = await gate.scan(gate.tickets[0], event_id=other["id"])
    assert (answer["verdict"], answer["event_title"]["en"]) == ("wrong_event", "Durga Pujo")
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def test_a_forged_code_is_told_apart(gate: Gate) -> None:
    signer = ServerSigner([SECRET], OTHER_KEY)
    code = await sign(gate, signer, gate.tickets[0], serial=1)
    answer = await gate.scan(code=code)
    assert (answer["verdict"], answer["ticket_id"]) == ("forged", None)
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


@pytest.mark.parametrize(
    "code",
    ["", "hello", "https://example.org/t/#", "v1.a.b.c.1.d", "v1.....", "ü" * 40, "\x00"],
    ids=("nothing", "word", "link", "emails", "dots", "umlauts", "nul"),
)
async def test_what_is_no_code_of_ours_is_forged(gate: Gate, code: str) -> None:
    assert (await gate.scan(code=code))["verdict"] == "forged"


async def test_a_changed_code_is_forged(gate: Gate) -> None:
    one, other = (ticket["link"] for ticket in gate.tickets[:2])
    assert (await gate.scan(code=mixed(other, one)))["verdict"] == "forged"


async def test_a_superseded_code_is_told_apart(gate: Gate) -> None:
    await change_ticket(gate, gate.tickets[0], "serial", 2)
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "superseded"
    now = await gate.shop.read(gate.shop.admin, gate.order)
    assert (await gate.scan(now["tickets"][0]))["verdict"] == "admitted"


async def test_a_well_signed_code_of_no_ticket_is_unknown(gate: Gate) -> None:
    signer = ServerSigner([SECRET], TICKET_KEY)
    code = await sign(gate, signer, {"id": gate.shop.new_id()}, serial=1)
    assert (await gate.scan(code=code))["verdict"] == "unknown"


async def test_the_same_scan_gets_the_same_answer(gate: Gate) -> None:
    scan_id = gate.shop.new_id()
    first = await gate.scan(gate.tickets[0], scan_id=scan_id)
    gate.shop.product.clock.advance(minutes=5)
    assert await gate.scan(gate.tickets[0], scan_id=scan_id) == first
    assert (await gate.figures())["admitted"] == 1


async def test_the_same_scan_gets_the_same_answer_after_an_undo(gate: Gate) -> None:
    scan_id = gate.shop.new_id()
    first = await gate.scan(gate.tickets[0], scan_id=scan_id)
    await gate.undo(gate.tickets[0])
    assert await gate.scan(gate.tickets[0], scan_id=scan_id) == first
    assert (await gate.verify(gate.tickets[0]))["detail"]["status"] == "valid"
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def test_a_refusal_repeated_is_the_same_refusal(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    scan_id = gate.shop.new_id()
    first = await gate.scan(gate.tickets[0], scan_id=scan_id)
    await gate.undo(gate.tickets[0])
    assert await gate.scan(gate.tickets[0], scan_id=scan_id) == first


@pytest.mark.parametrize("code", ["nonsense", None])
async def test_an_unknown_code_repeated_gets_the_same_answer(gate: Gate, code: str | None) -> None:
    seen: dict[str, Any] = {"code": code} if code else {"typed_code": "0000000000"}
    scan_id = gate.shop.new_id()
    first, again = [await gate.scan(scan_id=scan_id, **seen) for _ in range(2)]
    assert first == again


async def test_a_scan_id_of_another_volunteer_is_not_found(gate: Gate) -> None:
    scan_id = gate.shop.new_id()
    await gate.scan(gate.tickets[0], scan_id=scan_id)
    gate.client = await gate.shop.product.staff(Role.VOLUNTEER, "second@example.org")
    answer = await gate.send(code=gate.tickets[1]["link"], scan_id=scan_id)
    problem(answer, 404, "no_such_scan")


async def test_the_typed_code_admits(gate: Gate) -> None:
    typed = gate.tickets[0]["typed_code"]
    assert len(typed) == limits.TYPED_CODE_CHARS
    answer = await gate.scan(typed_code=typed)
    assert (answer["verdict"], answer["ticket_id"]) == ("admitted", gate.tickets[0]["id"])


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("1010ABCDEF", "1010abcdef"),
        ("1010ABCDEF", "ioIO ABCD-EF"),
        ("1010ABCDEF", " lOLo-abcdef "),
    ],
)
async def test_a_typed_code_forgives_what_people_misread(
    gate: Gate, stored: str, typed: str
) -> None:
    await change_ticket(gate, gate.tickets[0], "typed_code", stored)
    assert (await gate.scan(typed_code=typed))["verdict"] == "admitted"


@pytest.mark.parametrize("typed", ["", "7KQ2", "7KQ2M9XW4T7"])
async def test_a_typed_code_has_ten_signs(gate: Gate, typed: str) -> None:
    problem(await gate.send(typed_code=typed), 422, "typed_code_length")


async def test_a_typed_code_of_no_ticket_is_unknown(gate: Gate) -> None:
    assert (await gate.scan(typed_code="0000000000"))["verdict"] == "unknown"


async def test_a_typed_code_of_another_event_names_it(gate: Gate) -> None:
    other = await gate.shop.event()
    typed = gate.tickets[0]["typed_code"]
    answer = await gate.scan(typed_code=typed, event_id=other["id"])
    assert answer["verdict"] == "wrong_event"


async def test_typed_codes_cannot_be_guessed(gate: Gate) -> None:
    for _ in range(limits.TYPED_CODES_PER_PERSON):
        await gate.scan(typed_code="0000000000")
    answer = await gate.send(typed_code=gate.tickets[0]["typed_code"])
    problem(answer, 429, "too_many_requests")
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def test_a_scan_has_one_code(gate: Gate) -> None:
    faults(await gate.send())
    faults(await gate.send(code="x", typed_code="0000000000"))


async def test_a_phone_whose_clock_is_ahead_is_not_believed(gate: Gate) -> None:
    now = gate.shop.product.clock.now()
    answer = await gate.scan(gate.tickets[0], scanned_at=rfc3339(now + 3_600_000))
    assert answer["used_at"] == rfc3339(now)


@pytest.mark.parametrize("hours", [26, 24 * 366 * 25])
async def test_a_phone_whose_clock_is_behind_is_believed_for_an_hour(
    gate: Gate, hours: int
) -> None:
    """No phone keeps a scan for longer, so an older one has a wrong clock."""
    now = gate.shop.product.clock.now()
    answer = await gate.scan(gate.tickets[0], scanned_at=rfc3339(now - hours * 3_600_000))
    assert answer["used_at"] == rfc3339(now - 3_600_000)
    assert (await gate.scan(gate.tickets[0]))["used_at"] == answer["used_at"]


async def test_a_scan_sent_late_keeps_its_own_time(gate: Gate) -> None:
    scanned_at = rfc3339(gate.shop.product.clock.now() - 600_000)
    answer = await gate.scan(gate.tickets[0], scanned_at=scanned_at)
    assert answer["used_at"] == scanned_at


async def test_the_verdict_that_is_answered_is_the_one_that_is_kept(gate: Gate) -> None:
    other = await gate.shop.event()
    one, two, three = gate.tickets
    await gate.shop.refund(gate.order, ticket_ids=[two["id"]])
    await gate.scan(three, event_id=other["id"])
    answers = [await gate.scan(ticket) for ticket in (one, one, two)]
    await change_ticket(gate, three, "serial", 2)
    answers.append(await gate.scan(three))
    answers.append(await gate.scan(code="nonsense"))
    kept = await gate.shop.product.rows("SELECT id, verdict FROM scan")
    by_id = {row["id"]: row["verdict"] for row in kept}
    said = [answer["verdict"] for answer in answers]
    assert said == ["admitted", "already_used", "void", "superseded", "forged"]
    assert [by_id[answer["scan_id"]] for answer in answers] == said


async def sign(gate: Gate, signer: ServerSigner, ticket: Any, serial: int) -> str:
    code = TicketCode(ticket["id"], event_tag(gate.event["id"]), serial)
    return await signer.sign_ticket(code)


async def change_ticket(gate: Gate, ticket: Any, column: str, value: str | int) -> None:
    """What no route changes yet, or what chance decides."""
    change = Query(f"UPDATE ticket SET {column} = :value WHERE id = :id")
    await gate.shop.product.ports.database.batch([change(value=value, id=ticket["id"])])
