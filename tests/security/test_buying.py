"""Buying as a weapon: seats held for nothing, emails to strangers, work for the server."""

import asyncio

import pytest

from bashi.core import limits
from tests.support.client import TERMS, Client, faults, problem
from tests.support.shop import Shop, line_in


async def test_held_seats_are_limited_for_orders_at_the_same_moment_too(shop: Shop) -> None:
    buyer = await shop.buyer()
    events = [await shop.event({"max_per_order": 20}) for _ in range(6)]
    answers = await asyncio.gather(*(shop.try_hold(buyer, event, 20) for event in events))
    held = [answer for answer in answers if answer.status_code == 201]
    assert len(held) * 20 == shop.product.ports.policy.hold_seats_per_person
    for answer in answers:
        if answer not in held:
            problem(answer, 429, "too_many_held")


async def test_a_network_can_not_hold_more_through_many_accounts_at_once(shop: Shop) -> None:
    event = await shop.event({"max_per_order": 20, "capacity": 1000})
    buyers = [await shop.buyer() for _ in range(9)]
    for number, buyer in enumerate(buyers):
        guest = shop.product.client("203.0.113.200")
        guest.headers["authorization"] = buyer.headers["authorization"]
        buyers[number] = guest
    answers = await asyncio.gather(*(shop.try_hold(buyer, event, 20) for buyer in buyers))
    held = sum(20 for answer in answers if answer.status_code == 201)
    assert held == shop.product.ports.policy.hold_seats_per_address


async def test_free_tickets_are_no_way_to_flood_a_strangers_mailbox(shop: Shop) -> None:
    """Whoever registers a stranger's address gets few emails sent there until it is confirmed."""
    event = await shop.event({"price_cents": 0})
    buyer = await shop.buyer("stranger@example.org")
    for _ in range(limits.EMAILS_PER_HOUR_UNVERIFIED):
        await shop.hold(buyer, event)
    problem(await shop.try_hold(buyer, event), 429, "emails_per_hour")
    assert (await shop.seats(event))[1] == limits.EMAILS_PER_HOUR_UNVERIFIED
    shop.product.clock.advance(seconds=3600)
    await shop.hold(buyer, event)


async def test_a_confirmed_address_may_have_more(shop: Shop) -> None:
    event = await shop.event({"price_cents": 0})
    buyer = await shop.buyer("known@example.org")
    token = await shop.product.link("verify", "known@example.org")
    assert (await buyer.post("auth/verify-email", json={"token": token})).status_code == 200
    for _ in range(limits.EMAILS_PER_HOUR_UNVERIFIED + 1):
        await shop.hold(buyer, event)


async def test_sending_again_is_limited_for_all_orders_of_an_address(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event({"price_cents": 0})
    orders = []
    for hour in range(2):
        orders += [await shop.hold(buyer, event) for _ in range(3)]
        if not hour:
            shop.product.clock.advance(seconds=3600)
    answers = [
        await buyer.post(f"orders/{order['id']}/resend") for order in orders for _ in range(2)
    ]
    sent = [answer for answer in answers if answer.status_code == 202]
    assert len(sent) == limits.EMAILS_PER_HOUR_VERIFIED
    problem(answers[-1], 429, "too_many_requests")


@pytest.mark.parametrize("dot", [".", "。", "．", "｡"])
async def test_names_on_tickets_become_no_links_in_a_strangers_mailbox(
    shop: Shop, dot: str
) -> None:
    event = await shop.event()
    buyer = await shop.buyer("stranger@example.org")
    name = f"Win 1000 at evil{dot}com"
    line = line_in(event["ticket_types"][0]["id"], 2, [name, "Md.Rahim"])
    order = await shop.buy(buyer, event, lines=[line])
    email = [sent for sent in await shop.product.deliver() if "/order/" in sent.text][-1]
    for text in (email.text, email.email.html):
        assert "Win 1000 at evil. com" in text
        assert "Md. Rahim" in text
    refund = await shop.refund(order)
    assert refund.status_code == 202, refund.text
    await shop.work()
    email = shop.product.mailbox.emails[-1]
    assert "evil. com" in email.text
    assert (await shop.read(buyer, order))["lines"][0]["attendees"] == [name, "Md.Rahim"]


@pytest.mark.parametrize("name", ["Prizes at t.co", "Prizes at evil。com", "Prizes at x.বাংলা"])
async def test_a_greeting_becomes_no_link(shop: Shop, name: str) -> None:
    await shop.product.client().register("stranger@example.org", name=name)
    [email] = await shop.product.deliver()
    assert email.text.startswith("Hello Prizes at ")
    assert name not in email.text + email.email.html


@pytest.mark.parametrize("name", ["Mitali\x1b[2JSen", "Mitali\x07", "\x1c"])
async def test_a_name_on_a_ticket_has_no_control_signs(
    shop: Shop, buyer: Client, name: str
) -> None:
    event = await shop.event()
    line = line_in(event["ticket_types"][0]["id"], 1, [name])
    answer = await shop.try_hold(buyer, event, lines=[line])
    assert list(faults(answer)) == ["lines.0.attendees.0"]


async def test_a_name_on_a_ticket_is_one_line(shop: Shop, buyer: Client) -> None:
    """An email lists the names: lines of their own would be words of ours."""
    event = await shop.event({"price_cents": 0})
    line = line_in(event["ticket_types"][0]["id"], 1, ["Mitali\r\n\r\nPay here:  evil"])
    order = await shop.hold(buyer, event, lines=[line], terms_version=TERMS)
    assert order["tickets"][0]["attendee"] == "Mitali Pay here: evil"


async def test_documents_of_an_order_are_made_a_few_times_a_minute(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event({"price_cents": 0})
    order = await shop.hold(buyer, event)
    path = f"orders/{order['id']}/tickets.pdf"
    for _ in range(limits.FILES_PER_ORDER):
        assert (await buyer.get(path)).status_code == 200
    problem(await buyer.get(path), 429, "too_many_requests")
    shop.product.clock.advance(seconds=60)
    assert (await buyer.get(path)).status_code == 200


async def test_a_list_of_tickets_is_made_a_few_times_a_minute(shop: Shop, buyer: Client) -> None:
    for _ in range(limits.TICKET_LISTS_PER_PERSON):
        assert (await buyer.get("me/tickets")).status_code == 200
    problem(await buyer.get("me/tickets"), 429, "too_many_requests")


async def test_orders_with_tickets_are_read_a_number_of_times_a_minute_from_one_network(
    shop: Shop, buyer: Client
) -> None:
    """Each look draws up to twenty QR codes; a pending order has none, and its page polls."""
    pending = await shop.hold(buyer, await shop.event())
    free = await shop.hold(buyer, await shop.event({"price_cents": 0}))
    for _ in range(limits.TICKET_READS_PER_ADDRESS):
        await shop.read(buyer, free)
    problem(await buyer.get(f"orders/{free['id']}"), 429, "too_many_requests")
    await shop.read(buyer, pending)


@pytest.mark.parametrize("file", ["tickets.pdf", "calendar.ics"])
async def test_no_cache_keeps_an_orders_documents(shop: Shop, buyer: Client, file: str) -> None:
    event = await shop.event({"price_cents": 0})
    order = await shop.hold(buyer, event)
    answer = await buyer.get(f"orders/{order['id']}/{file}")
    assert answer.headers["cache-control"] == "no-store"
