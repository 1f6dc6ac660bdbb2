"""Events: made, shown, changed, called off; their tickets types and pictures."""

import asyncio
from uuid import uuid4

import pytest

from tests.blackbox.site import Site, soon
from tests.events.organizer import event_in
from tests.events.test_cover import picture
from tests.support.client import faults, problem

pytestmark = pytest.mark.slow


async def test_a_draft_is_seen_by_organizers_only(site: Site) -> None:
    event = await site.organizer.create(**soon())
    visitor = site.client()
    problem(await visitor.get(f"events/{event['slug']}"), 404, "no_such_event")
    problem(await visitor.get(f"admin/events/{event['id']}"), 401, "not_signed_in")
    assert (await site.organizer.read(event))["status"] == "draft"


async def test_publishing_needs_a_ticket_type(site: Site) -> None:
    event = await site.organizer.create(**soon())
    command = {"version": event["version"]}
    answer = await site.organizer.call("POST", f"/{event['id']}/publish", command)
    problem(answer, 409, "no_ticket_types")


async def test_a_published_event_is_seen_by_all(site: Site) -> None:
    title = f"Pujo {uuid4().hex[:8]}"
    event = await site.event({}, {"name": "Child", "price_cents": 0}, title=title)
    visitor = site.client()
    shown = (await visitor.get(f"events/{event['slug']}")).json()
    assert (shown["title"]["en"], shown["title"]["bn"]) == (title, event["title"]["bn"])
    assert "<strong>all</strong>" in shown["description_html"]["en"]
    names = [kind["name"]["en"] for kind in shown["ticket_types"]]
    assert names == ["Adult", "Child"]
    assert (shown["from_cents"], shown["to_cents"]) == (0, 1500)
    assert {kind["availability"] for kind in shown["ticket_types"]} == {"available"}
    found = (await visitor.get("events", params={"q": title})).json()["items"]
    assert [card["slug"] for card in found] == [event["slug"]]


async def test_the_same_event_sent_again_is_one_event(site: Site) -> None:
    form = event_in(site.organizer.now(), id=str(uuid4()), slug=f"e{uuid4().hex}", **soon())
    posts = [site.organizer.call("POST", "", form) for _ in range(3)]
    answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["id"] for answer in answers} == {form["id"]}
    other = await site.organizer.call("POST", "", form | {"id": str(uuid4())})
    problem(other, 409, "slug_taken")


async def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    event = await site.event()
    visitor = site.client()
    first = await visitor.get(f"events/{event['slug']}")
    headers = {"if-none-match": first.headers["etag"]}
    again = await visitor.get(f"events/{event['slug']}", headers=headers)
    assert (again.status_code, again.content) == (304, b"")


async def test_an_event_as_calendar_file(site: Site) -> None:
    event = await site.event()
    answer = await site.client().get(f"events/{event['slug']}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"SUMMARY:{event['title']['en']}" in answer.text


async def test_editing_knows_of_other_edits(site: Site) -> None:
    event = await site.event()
    answer = await site.organizer.edit(event, venue="The other hall")
    assert (answer.json()["venue"], answer.json()["version"]) == (
        "The other hall",
        event["version"] + 1,
    )
    late = await site.organizer.edit(event, venue="A third hall")
    problem(late, 409, "changed_meanwhile")
    assert (await site.organizer.read(event))["venue"] == "The other hall"


async def test_one_of_two_edits_at_once_is_refused(site: Site) -> None:
    event = await site.event()
    edits = [site.organizer.edit(event, venue=f"Hall {number}") for number in range(2)]
    answers = await asyncio.gather(*edits)
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_ticket_types_change(site: Site) -> None:
    event = await site.event()
    (kind,) = (await site.organizer.read(event))["ticket_types"]
    answer = await site.organizer.put_type(event, kind["id"], version=kind["version"], capacity=7)
    assert answer.json()["capacity"] == 7
    stale = await site.organizer.put_type(event, kind["id"], version=kind["version"], capacity=8)
    problem(stale, 409, "changed_meanwhile")
    await site.hold(await site.buyer(), event, 3)
    tight = {"version": answer.json()["version"], "capacity": 2}
    problem(await site.organizer.put_type(event, kind["id"], **tight), 409, "capacity_in_use")
    path = f"/{event['id']}/ticket-types/{kind['id']}"
    problem(await site.organizer.call("DELETE", path), 409, "ticket_type_in_use")
    spare = await site.organizer.add_type(event, name="Spare")
    path = f"/{event['id']}/ticket-types/{spare['id']}"
    assert (await site.organizer.call("DELETE", path)).status_code == 204


async def test_a_drafts_end(site: Site) -> None:
    event = await site.organizer.create(**soon())
    assert (await site.organizer.call("DELETE", f"/{event['id']}")).status_code == 204
    problem(await site.organizer.call("GET", f"/{event['id']}"), 404, "no_such_event")


async def test_wrong_dates_are_named(site: Site) -> None:
    dates = soon()
    form = event_in(
        site.organizer.now(),
        id=str(uuid4()),
        starts_at=dates["ends_at"],
        ends_at=dates["starts_at"],
    )
    assert "ends_at" in faults(await site.organizer.call("POST", "", form))


async def test_a_canceled_event_gives_everybody_their_money_back(site: Site) -> None:
    event, buyer = await site.event(), await site.buyer()
    order = await site.buy(buyer, event, 2)
    event = await site.organizer.read(event)
    wrong = await site.organizer.cancel(event, confirm_title="Another")
    assert "confirm_title" in faults(wrong)
    assert (await site.organizer.cancel(event)).json()["status"] == "canceled"
    back = await site.becomes(buyer, order, "refunded")
    assert back["refunded_cents"] == order["total_cents"]
    await site.email(order["email"], event["title"]["en"])
    shown = (await site.client().get(f"events/{event['slug']}")).json()
    assert (shown["status"], shown["availability"]) == ("canceled", "canceled")
    problem(await site.try_hold(await site.buyer(), event), 409, "not_on_sale")


async def test_a_cover_is_kept_in_four_widths(site: Site) -> None:
    event = await site.event()
    path = f"/{event['id']}/cover"
    answer = await site.organizer.call("PUT", path, content=picture(), params={"alt": "Drums"})
    assert answer.status_code == 200, answer.text
    cover = answer.json()["cover"]
    assert cover["widths"] == [360, 640, 960, 1280]
    visitor = site.client()
    assert (await visitor.get(f"events/{event['slug']}")).json()["cover"] == cover
    for width in cover["widths"]:
        file = await visitor.get(f"{cover['srcset_base'].removeprefix('/api/')}-{width}.webp")
        assert file.headers["content-type"] == "image/webp"
        assert "immutable" in file.headers["cache-control"]
        assert file.content[8:12] == b"WEBP"
    assert (await site.organizer.call("DELETE", path)).json()["cover"] is None


async def test_what_is_no_picture_is_no_cover(site: Site) -> None:
    event = await site.event()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for content in (svg, b"", picture()[:500]):
        answer = await site.organizer.call(
            "PUT", f"/{event['id']}/cover", content=content, headers={"content-type": "image/png"}
        )
        problem(answer, 422, "image_invalid")
