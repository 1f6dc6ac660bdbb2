"""Events as the public finds and reads them."""

import gzip
import json
from typing import Any

import pytest

from bashi.http.fields import rfc3339
from tests.events.organizer import DAY, HOUR, Organizer, write
from tests.support.client import Client, faults, problem
from tests.support.product import Product
from tests.support.stand_ins import NOON


def starting(at: int) -> dict[str, str]:
    return {"starts_at": rfc3339(at), "ends_at": rfc3339(at + HOUR)}


async def titles(client: Client, **params: Any) -> list[str]:
    """All pages of a list, two events at a time."""
    found: list[str] = []
    while True:
        page = (await client.get("events", params={"limit": 2, **params})).json()
        found += [event["title"]["en"] for event in page["items"]]
        if page["next_cursor"] is None:
            return found
        params["cursor"] = page["next_cursor"]


async def test_upcoming_comes_soonest_first_and_past_latest_first(
    product: Product, organizer: Organizer, client: Client
) -> None:
    for day in (3, 1, 5, 2, 4):
        await organizer.published(title=f"Day {day}", **starting(NOON + day * DAY))
    assert await titles(client) == ["Day 1", "Day 2", "Day 3", "Day 4", "Day 5"]
    product.clock.advance(hours=24 * 3 + 1)
    assert await titles(client) == ["Day 4", "Day 5"]
    assert await titles(client, when="past") == ["Day 3", "Day 2", "Day 1"]


async def test_events_of_the_same_moment_are_each_listed_once(
    organizer: Organizer, client: Client
) -> None:
    for number in range(5):
        await organizer.published(title=f"Stall {number}")
    assert sorted(await titles(client)) == [f"Stall {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("durga", ["Durga Pujo"]),
        ("PUJO", ["Durga Pujo", "Kali Pujo"]),
        ("কালী", ["Kali Pujo"]),
        ("town hall", ["Kali Pujo"]),
        ("100%", []),
        ("_", []),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("দুর্গাপূজা" * 5, []),
    ],
)
async def test_search_finds_words_of_titles_and_venues(
    organizer: Organizer, client: Client, query: str, found: list[str]
) -> None:
    await organizer.published()
    await organizer.published(title={"en": "Kali Pujo", "bn": "কালীপূজা"}, venue="Town Hall")
    assert await titles(client, q=query) == found


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Durga's Day", ("durga’s", "DURGA'S", "durgas", "durga\u02bcs day")),
        ("An Evening at the Café", ("CAFÉ", "cafe", "Cafe\u0301", "CAFE")),
        ("ÉLAN \u2013 Łódź Night", ("élan", "elan - lodz", "łódź", "ELAN \u2014 Lodz")),
    ],
)
async def test_a_title_is_found_without_its_accents_and_by_any_apostrophe(
    organizer: Organizer, client: Client, title: str, queries: tuple[str, ...]
) -> None:
    await organizer.published(title=title)
    await organizer.published(title="Picnic")
    for query in queries:
        assert await titles(client, q=query) == [title], query
    stored = (await organizer.call("GET", "", params={"q": queries[0]})).json()["items"]
    assert [event["title"]["en"] for event in stored] == [title]


async def test_a_search_looks_at_summaries_and_addresses_too(
    organizer: Organizer, client: Client
) -> None:
    await organizer.published(summary="Dhaks and lamps.", address="9 Elm Street, Stillwater")
    assert await titles(client, q="stillwater") == await titles(client, q="LAMPS") != []
    assert await titles(client, q="tulsa") == []


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Élan Night", "Élan"),
        ("An Evening at the CAFÉ", "the CAFÉ"),
        ("বিজ\u09df দিবস", "বিজ\u09af\u09bc"),
        ("বিজ\u09af\u09bc দিবস", "বিজ\u09df"),
        ("Cafe\u0301", "Caf\u00e9"),
    ],
)
async def test_a_title_is_found_by_its_own_words_whichever_way_they_are_typed(
    organizer: Organizer, client: Client, title: str, query: str
) -> None:
    await organizer.published(title={"en": "Durga Pujo", "bn": title})
    assert await titles(client, q=query) == ["Durga Pujo"]


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "WzEsMl0", "====", "WzFlNDAsICJ4Il0", "W251bGwsIiJd"]
)
async def test_a_cursor_that_is_none_of_ours_is_refused(client: Client, cursor: str) -> None:
    assert "cursor" in faults(await client.get("events", params={"cursor": cursor}))


async def test_canceled_events_stay_in_the_list(organizer: Organizer, client: Client) -> None:
    await organizer.cancel(await organizer.published())
    [event] = (await client.get("events")).json()["items"]
    assert (event["status"], event["availability"]) == ("canceled", "canceled")


@pytest.mark.parametrize(
    ("stock", "availability"),
    [
        ("held = 0, sold = 0", "available"),
        ("held = 0, sold = 90", "available"),
        ("held = 41, sold = 50", "few_left"),
        ("held = 0, sold = 50, kept_back = 49", "few_left"),
        ("held = 1, sold = 99", "sold_out"),
        ("held = 0, sold = 90, kept_back = 10", "sold_out"),
        ("held = 0, sold = 99, min_per_order = 2", "sold_out"),
    ],
)
async def test_the_public_learns_whether_but_not_how_many(
    product: Product, organizer: Organizer, client: Client, stock: str, availability: str
) -> None:
    await organizer.published()
    await write(product, f"UPDATE ticket_type SET {stock}")
    answer = await client.get("events/durga-pujo")
    shown = answer.json()
    assert shown["availability"] == shown["ticket_types"][0]["availability"] == availability
    assert not {"capacity", "held", "sold", "kept_back"} & shown["ticket_types"][0].keys()
    [card] = (await client.get("events")).json()["items"]
    assert card == {name: shown[name] for name in card}


async def test_one_type_with_seats_makes_an_event_available(
    product: Product, organizer: Organizer, client: Client
) -> None:
    event = await organizer.published()
    await write(product, "UPDATE ticket_type SET sold = capacity")
    await organizer.add_type(event, capacity=5, price_cents=2500)
    shown = (await client.get("events/durga-pujo")).json()
    assert [kind["availability"] for kind in shown["ticket_types"]] == ["sold_out", "few_left"]
    assert (shown["availability"], shown["from_cents"]) == ("few_left", 1500)


async def test_a_hidden_type_is_shown_to_who_has_its_link(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.published()
    hidden = await organizer.add_type(event, name="Sponsor", hidden=True, price_cents=0)
    plain = (await client.get("events/durga-pujo")).json()
    assert [kind["name"]["en"] for kind in plain["ticket_types"]] == ["Adult"]
    assert plain["from_cents"] == 1500
    linked = await client.get("events/durga-pujo", params={"ticket_type": hidden["id"]})
    assert [kind["name"]["en"] for kind in linked.json()["ticket_types"]] == ["Adult", "Sponsor"]
    again = (await client.get("events/durga-pujo")).json()
    assert again == plain


async def test_markdown_arrives_as_safe_html(organizer: Organizer, client: Client) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) **bold**"
    await organizer.published(description=evil)
    shown = (await client.get("events/durga-pujo")).json()["description_html"]["en"]
    assert "<strong>bold</strong>" in shown
    assert "<script" not in shown
    assert "href" not in shown


async def test_a_sign_that_no_database_takes_is_refused(client: Client) -> None:
    assert (await client.get("events/%00")).status_code == 422
    assert "q" in faults(await client.get("events", params={"q": "\x00"}))


async def test_an_unchanged_event_is_not_sent_again(organizer: Organizer, client: Client) -> None:
    event, etag = await organizer.published(), ""
    for path in ("events", "events/durga-pujo"):
        first = await client.get(path)
        etag = first.headers["etag"]
        again = await client.get(path, headers={"if-none-match": f'"other", {etag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == "public, max-age=5"
    await organizer.edit(event, venue="Town Hall")
    changed = await client.get("events/durga-pujo", headers={"if-none-match": etag})
    assert (changed.status_code, changed.json()["venue"]) == (200, "Town Hall")


async def test_an_edit_shows_at_once(organizer: Organizer, client: Client) -> None:
    event = await organizer.published()
    assert (await client.get("events/durga-pujo")).json()["venue"] == "Riverside Hall"
    edited = (await organizer.edit(event, venue="Town Hall")).json()
    assert (await client.get("events/durga-pujo")).json()["venue"] == "Town Hall"
    kind = (await organizer.read(event))["ticket_types"][0]
    await organizer.put_type(event, kind["id"], version=1, price_cents=0)
    assert (await client.get("events/durga-pujo")).json()["from_cents"] == 0
    await organizer.cancel(edited)
    assert (await client.get("events/durga-pujo")).json()["status"] == "canceled"


async def test_sales_show_within_five_seconds(
    product: Product, organizer: Organizer, client: Client
) -> None:
    await organizer.published()
    await client.get("events/durga-pujo")
    await write(product, "UPDATE ticket_type SET sold = capacity")
    product.clock.advance(seconds=5)
    assert (await client.get("events/durga-pujo")).json()["availability"] == "sold_out"


async def test_both_encodings_say_the_same(
    product: Product, organizer: Organizer, client: Client
) -> None:
    await organizer.published()
    sent = {}
    for encoding in ("gzip", "identity"):
        request = client.build_request(
            "GET", "events/durga-pujo", headers={"accept-encoding": encoding}
        )
        answer = await client.send(request, stream=True)
        sent[encoding] = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert answer.headers["content-length"] == str(len(sent[encoding]))
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers.get("content-encoding", "identity") == encoding
    assert gzip.decompress(sent["gzip"]) == sent["identity"]
    assert json.loads(sent["identity"])["slug"] == "durga-pujo"


@pytest.mark.parametrize("slug", ["nope", "a" * 300, "..%2f..%2fetc", "দুর্গা"])
async def test_an_unknown_address_is_not_found(client: Client, slug: str) -> None:
    answer = await client.get(f"events/{slug}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_calendar_file_follows_the_event(organizer: Organizer, client: Client) -> None:
    event = await organizer.published()
    first = await client.get("events/durga-pujo/calendar.ics")
    assert first.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Durga Pujo" in first.text
    assert "SEQUENCE:0" in first.text
    moved = (await organizer.edit(event, venue="Town Hall")).json()
    second = await client.get("events/durga-pujo/calendar.ics", params={"lang": "bn"})
    assert "SUMMARY:দুর্গাপূজা" in second.text
    assert "SEQUENCE:1" in second.text
    await organizer.cancel(moved)
    assert "METHOD:CANCEL" in (await client.get("events/durga-pujo/calendar.ics")).text
    problem(await client.get("events/nope/calendar.ics"), 404, "no_such_event")


@pytest.mark.parametrize("params", [{}, {"when": "upcoming", "limit": 12}, {"limit": 3}])
async def test_the_list_is_made_once_for_all_who_ask_within_five_seconds(
    product: Product, organizer: Organizer, client: Client, params: dict[str, str]
) -> None:
    async def venues(**more: Any) -> list[str]:
        items = (await client.get("events", params=params | more)).json()["items"]
        return [event["venue"] for event in items]

    await organizer.published()
    assert await venues() == ["Riverside Hall"]
    await write(product, "UPDATE event SET venue = 'Town Hall'")
    assert await venues() == ["Riverside Hall"]
    assert await venues(q="durga") == await venues(limit=7) == ["Town Hall"]
    product.clock.advance(seconds=5)
    assert await venues() == ["Town Hall"]


async def test_what_an_organizer_changes_shows_in_every_list_at_once(
    organizer: Organizer, client: Client
) -> None:
    lists = [{"limit": limit} for limit in (3, 12, 50)]

    async def shown() -> list[list[tuple[str, str]]]:
        answers = [await client.get("events", params=params) for params in lists]
        return [
            [(event["title"]["en"], event["status"]) for event in answer.json()["items"]]
            for answer in answers
        ]

    assert await shown() == [[]] * 3
    event = await organizer.published()
    assert await shown() == [[("Durga Pujo", "published")]] * 3
    event = (await organizer.edit(event, title="Kali Pujo")).json()
    assert await shown() == [[("Kali Pujo", "published")]] * 3
    await organizer.cancel(event)
    assert await shown() == [[("Kali Pujo", "canceled")]] * 3


async def test_an_event_leaves_the_list_the_moment_it_ends(
    product: Product, organizer: Organizer, client: Client
) -> None:
    await organizer.published(**starting(NOON + HOUR))
    product.clock.advance(hours=2, seconds=-2)
    assert len((await client.get("events")).json()["items"]) == 1
    product.clock.advance(seconds=2)
    assert (await client.get("events")).json()["items"] == []
