"""Organizers looking up orders and tickets."""

from typing import Any

import pytest

from bashi.core import limits
from bashi.core.one_line import one_line
from bashi.http.fields import rfc3339
from tests.orders.test_complimentary import give
from tests.support.client import Client, faults
from tests.support.shop import Shop


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event()


async def found(shop: Shop, what: str, **params: Any) -> list[str]:
    """Ids in all pages."""
    ids: list[str] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await shop.admin.get(f"admin/{what}", params=params | more)
        assert answer.status_code == 200, answer.text
        ids += [item["id"] for item in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return ids


async def attempts(shop: Shop, order: Any) -> Any:
    return (await shop.admin.get(f"admin/orders/{order['id']}")).json()["attempts"]


async def test_orders_by_event_and_status(shop: Shop, buyer: Client, event: Any) -> None:
    other = await shop.event()
    paid = await shop.buy(buyer, event)
    held = await shop.hold(buyer, event)
    elsewhere = await shop.hold(buyer, other)
    assert set(await found(shop, "orders")) == {paid["id"], held["id"], elsewhere["id"]}
    assert set(await found(shop, "orders", event_id=event["id"])) == {paid["id"], held["id"]}
    assert await found(shop, "orders", event_id=event["id"], status="paid") == [paid["id"]]


async def test_orders_by_number_and_by_the_beginning_of_an_address(shop: Shop, event: Any) -> None:
    anna, anne = await shop.buyer("anna@example.org"), await shop.buyer("anne@example.org")
    first, second = await shop.hold(anna, event), await shop.hold(anne, event)
    assert await found(shop, "orders", q=first["number"].lower()) == [first["id"]]
    assert await found(shop, "orders", q="Anna@example.org") == [first["id"]]
    assert set(await found(shop, "orders", q="ann")) == {first["id"], second["id"]}
    assert await found(shop, "orders", q="%") == []


@pytest.mark.parametrize("many", [limits.MANY_FOUND, 0])
async def test_orders_by_the_names_of_their_attendees(
    shop: Shop, event: Any, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """The same of names that few have and that many have."""
    monkeypatch.setattr(limits, "MANY_FOUND", many)
    other = await shop.event()
    family = await given(shop, event, "Mitali Sen", "José Sen", email="senior@example.org")
    elsewhere = await given(shop, other, "Mitali Roy", "Arun Sen")
    await given(shop, event, "Mitali Das")
    for text in ("sen", "Sen", "se"):
        assert await found(shop, "orders", q=text) == [elsewhere, family], text
    assert await found(shop, "orders", q="sen", limit=1) == [elsewhere, family]
    assert await found(shop, "orders", q="sen", event_id=event["id"]) == [family]
    for text in ("mitali sen", "sen mitali", "jose s", "senior@"):
        assert await found(shop, "orders", q=text) == [family], text
    for text in ("arun roy", "en", "sen x", "m s", "m"):
        assert await found(shop, "orders", q=text) == [], text
    assert await found(shop, "orders", q="sen", status="refunded") == []


async def test_an_order_is_found_by_name_once_it_has_tickets(
    shop: Shop, buyer: Client, event: Any
) -> None:
    order = await shop.hold(buyer, event)
    assert await found(shop, "orders", q="guest 1") == []
    await shop.pay(buyer, order)
    await shop.stripe.deliver()
    assert await found(shop, "orders", q="guest 1") == [order["id"]]


async def test_orders_page_by_page_are_each_order_once(shop: Shop, event: Any) -> None:
    made = [(await shop.hold(await shop.buyer(), event))["id"] for _ in range(5)]
    pages = await found(shop, "orders", limit=2)
    assert sorted(pages) == sorted(made)
    assert await found(shop, "orders", limit=2, event_id=event["id"]) == pages


async def test_an_order_shows_its_payment_attempts(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    opened = rfc3339(shop.product.clock.now())
    [session] = shop.stripe.sessions(order["id"])
    [attempt] = await attempts(shop, order)
    assert attempt == {
        "id": f"{order['id']}:1",
        "number": 1,
        "status": "open",
        "amount_cents": 1500,
        "currency": "USD",
        "session_id": session["id"],
        "intent_id": None,
        "created_at": opened,
        "opened_at": opened,
        "expires_at": rfc3339(session["expires_at"] * 1000),
        "outcome": None,
        "detail": "",
    }
    shop.stripe.pay(session["url"])
    await shop.stripe.deliver()
    [attempt] = await attempts(shop, order)
    assert (attempt["status"], attempt["outcome"]) == ("paid", "settled")
    assert attempt["intent_id"].startswith("pi_")


async def test_an_attempt_says_why_its_payment_settled_nothing(
    shop: Shop, buyer: Client, event: Any
) -> None:
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    [webhook] = [one for one in shop.stripe.waiting() if one["type"].endswith(".completed")]
    webhook["data"]["object"]["amount_total"] = 100
    await shop.stripe.send(webhook)
    [attempt] = await attempts(shop, order)
    assert (attempt["status"], attempt["outcome"]) == ("open", "mismatch")
    assert attempt["detail"] == "amount is 100, expected 1500"


async def test_lists_name_what_was_ordered_in_both_languages(
    shop: Shop, buyer: Client, event: Any
) -> None:
    await shop.buy(buyer, event)
    [order] = (await shop.admin.get("admin/orders")).json()["items"]
    assert (order["event_title"]["en"], order["event_title"]["bn"]) == ("Durga Pujo", "দুর্গাপূজা")
    [ticket] = (await shop.admin.get("admin/tickets")).json()["items"]
    assert (ticket["type_name"]["en"], ticket["type_name"]["bn"]) == ("Adult", "প্রাপ্তবয়স্ক")


async def test_an_order_shows_its_refunds(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event, 2)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]], reason="ill")
    await shop.work()
    shown = (await shop.admin.get(f"admin/orders/{order['id']}")).json()
    [refund] = shown["refunds"]
    assert (refund["reason"], refund["status"], refund["amount_cents"]) == (
        "ill",
        "succeeded",
        1500,
    )


async def test_tickets_by_name_number_code_and_address(
    shop: Shop, buyer: Client, event: Any
) -> None:
    order = await shop.buy(buyer, event, 2)
    other = await shop.buy(await shop.buyer(), event)
    mine = [one["id"] for one in order["tickets"]]
    typed = order["tickets"][0]["typed_code"]
    at = {"event_id": event["id"]}
    assert set(await found(shop, "tickets", **at)) == {*mine, other["tickets"][0]["id"]}
    assert await found(shop, "tickets", q="guest 2", **at) == [mine[1]]
    for where in (at, {}):
        assert sorted(await found(shop, "tickets", q=order["number"], **where)) == sorted(mine)
        assert sorted(await found(shop, "tickets", q=order["email"], **where)) == sorted(mine)
    assert mine[0] in await found(shop, "tickets", q=typed)
    assert len(await found(shop, "tickets", limit=1)) == 3


async def test_names_page_by_page_are_each_ticket_once(shop: Shop, event: Any) -> None:
    names = ["Sam Samson", "Samira Sen", "Samir Sam", "Sen Samuel", "Mitali Sen", "Arun Sen", "Sam"]
    made = await guests(shop, event, *names)
    for text, expected in (("sam", 5), ("sen", 4), ("sams", 1), ("s", 7), ("sam sen", 2)):
        whole = await found(shop, "tickets", q=text, event_id=event["id"])
        paged = await found(shop, "tickets", q=text, event_id=event["id"], limit=1)
        assert (len(whole), paged) == (expected, whole), text
        assert len({*whole}) == expected, text
        wanted = {
            made[name]
            for name in names
            if all(any(w.startswith(t) for w in name.lower().split()) for t in text.split())
        }
        assert {*whole} == wanted, text


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("José García", ["jose", "JOSÉ", "Jose\u0301", "garc", "garcía josé"]),
        ("O'Brien-Smith", ["o'brien", "brien", "smith", "o’brien smith"]),
        ("মিতালী সেন", ["মিতালী", "মিতা", "সেন", "সেন মিতালী"]),
        ("\u09dfাসমিন", ["\u09df", "\u09af\u09bcাস"]),
        ("ক্ষমা র‍্যাব", ["ক্ষমা", "র্যাব", "র‍্যা"]),
        ("Jürgen Groß", ["jurgen", "gross", "GROSS", "Groß"]),
        ("Anne Marie de la Cruz y Vega Ortiz", ["anne vega", "de la cruz", "ortiz", "la y ve an"]),
        ("W" * 100, ["w" * 40, "W" * 100, "ww"]),
        ("李小龍", ["李", "李小龍"]),
        ("50% off_road //", ["50%", "off road", "off_"]),
    ],
)
async def test_a_name_is_found_however_it_is_typed(
    shop: Shop, event: Any, name: str, texts: list[str]
) -> None:
    made, stored = await guests(shop, event, name, "Somebody Else"), one_line(name)
    for text in texts:
        assert await found(shop, "tickets", q=text, event_id=event["id"]) == [made[stored]], text


async def test_what_is_not_a_beginning_is_not_found(shop: Shop, event: Any) -> None:
    await guests(shop, event, "Mitali Sen")
    for text in ("itali", "mitalis", "mitali arun", "sen mitali x", "%", "_", "—", "মি"):
        assert await found(shop, "tickets", q=text, event_id=event["id"]) == [], text


async def test_a_name_is_found_at_its_own_event_in_its_state(
    shop: Shop, buyer: Client, event: Any
) -> None:
    other = await shop.event()
    here, there = await guests(shop, event, "Mitali Sen"), await guests(shop, other, "Mitali Sen")
    at = {"event_id": event["id"], "q": "mitali"}
    assert await found(shop, "tickets", **at) == [here["Mitali Sen"]]
    assert await found(shop, "tickets", event_id=other["id"], q="sen") == [there["Mitali Sen"]]
    assert await found(shop, "tickets", **at, status="used") == []
    command = {"scan_id": shop.new_id(), "gate": "B"}
    await shop.admin.post(f"tickets/{here['Mitali Sen']}/use", json=command)
    assert await found(shop, "tickets", **at, status="used") == [here["Mitali Sen"]]
    bought = await shop.buy(buyer, event)
    assert await found(shop, "tickets", event_id=event["id"], q="guest") == [
        bought["tickets"][0]["id"]
    ]


async def test_a_rare_name_among_many_of_its_family(shop: Shop) -> None:
    event = await shop.event({"capacity": 1000})
    many = limits.FEW_FOUND // limits.SEATS_PER_ORDER + 1
    for _ in range(many):
        names = [f"Sen {number}" for number in range(limits.SEATS_PER_ORDER)]
        assert (await give(shop, event, attendees=names)).status_code == 201
    made = await guests(shop, event, "Mitali Sen")
    at = {"event_id": event["id"]}
    for text in ("sen mitali", "mitali sen"):
        assert await found(shop, "tickets", q=text, **at) == [made["Mitali Sen"]]
    both = await found(shop, "tickets", q="sen 7", limit=5, **at)
    assert (len(both), len({*both})) == (many, many)


async def test_a_cursor_of_another_search_is_refused(shop: Shop, event: Any) -> None:
    await guests(shop, event, "Mitali Sen", "Mitali Roy")
    asked = {"event_id": event["id"], "q": "mitali", "limit": 1}
    cursor = (await shop.admin.get("admin/tickets", params=asked)).json()["next_cursor"]
    other = asked | {"cursor": cursor, "q": "arun"}
    answer = await shop.admin.get("admin/tickets", params=other)
    assert "cursor" in faults(answer)


async def given(shop: Shop, event: Any, *attendees: str, **changes: Any) -> str:
    """The id of an order that the organizer gave away, a moment after the one before."""
    shop.product.clock.advance(seconds=1)
    answer = await give(shop, event, attendees=list(attendees), **changes)
    assert answer.status_code == 201, answer.text
    order: str = answer.json()["id"]
    return order


async def guests(shop: Shop, event: Any, *names: str) -> dict[str, str]:
    """Tickets' ids by the names on them, which the organizer gave away."""
    answer = await give(shop, event, attendees=list(names))
    assert answer.status_code == 201, answer.text
    return {one["attendee"]: one["id"] for one in answer.json()["tickets"]}


async def test_tickets_by_status(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event, 2)
    used = order["tickets"][0]["id"]
    await shop.admin.post(f"tickets/{used}/use", json={"scan_id": shop.new_id(), "gate": "B"})
    assert await found(shop, "tickets", event_id=event["id"], status="used") == [used]
    rows = (await shop.admin.get("admin/tickets", params={"status": "used"})).json()["items"]
    assert (rows[0]["used_gate"], rows[0]["email"]) == ("B", order["email"])


async def test_the_trail_tells_who_did_what(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event)
    await shop.refund(order, reason="ill")
    await shop.work()
    items = (await shop.admin.get("admin/audit")).json()["items"]
    mine = [item for item in items if item["subject_id"] == order["id"]]
    assert {(item["action"], item["person_email"]) for item in mine} == {
        ("order.hold", buyer.person["email"]),
        ("order.settle", None),
        ("order.refund", shop.admin.person["email"]),
        ("refund.done", None),
    }
