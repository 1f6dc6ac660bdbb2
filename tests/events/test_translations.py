"""Texts in several languages: one is needed, others follow, and may fall behind."""

from typing import Any

import pytest

from tests.events.organizer import Organizer
from tests.support.client import Client, faults


async def shown(client: Client, event: Any) -> Any:
    return (await client.get(f"events/{event['slug']}")).json()


async def test_a_translation_may_come_later(organizer: Organizer, client: Client) -> None:
    event = await organizer.published(title={"en": "Durga Pujo"}, summary={"en": "", "bn": ""})
    assert (event["title"], event["summary"]) == ({"en": "Durga Pujo"}, {})
    assert (await shown(client, event))["title"] == {"en": "Durga Pujo"}
    event = (await organizer.edit(event, title={"en": "Durga Pujo", "bn": "দুর্গাপূজা"})).json()
    assert list(event["title"]) == ["en", "bn"]
    assert event["outdated"] == []


async def test_the_main_language_comes_first_however_it_was_sent(organizer: Organizer) -> None:
    event = await organizer.create(title={"bn": "দুর্গাপূজা", "en": "Durga Pujo"})
    assert list(event["title"]) == ["en", "bn"]


async def test_a_translation_falls_behind_when_the_main_language_changes(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.published()
    event = (await organizer.edit(event, title="Durga Pujo 2027", summary="Six days.")).json()
    assert event["outdated"] == ["title.bn", "summary.bn"]
    assert (await shown(client, event))["outdated"] == ["bn"]
    event = (await organizer.edit(event, venue="Town Hall")).json()
    assert event["outdated"] == ["title.bn", "summary.bn"]
    words = event["summary"] | {"bn": "ছয় দিন।"}
    event = (await organizer.edit(event, summary=words)).json()
    assert event["outdated"] == ["title.bn"]
    event = (await organizer.edit(event, still_right=["title.bn"])).json()
    assert (event["outdated"], event["title"]["bn"]) == ([], "দুর্গাপূজা")
    assert (await shown(client, event))["outdated"] == []


async def test_a_ticket_type_s_name_falls_behind_too(organizer: Organizer, client: Client) -> None:
    event = await organizer.published()
    [kind] = (await organizer.read(event))["ticket_types"]
    change = {"name": "Grown-up", "version": kind["version"]}
    kind = (await organizer.put_type(event, kind["id"], **change)).json()
    assert kind["outdated"] == ["name.bn"]
    assert (await shown(client, event))["outdated"] == ["bn"]
    change = {"name": kind["name"], "version": kind["version"], "still_right": ["name.bn"]}
    kind = (await organizer.put_type(event, kind["id"], **change)).json()
    assert kind["outdated"] == []


async def test_an_edit_sent_twice_counts_once(organizer: Organizer) -> None:
    event = await organizer.create()
    first = await organizer.edit(event, title="Kali Pujo")
    again = await organizer.edit(event, title="Kali Pujo")
    assert first.json() == again.json()
    assert first.json()["outdated"] == ["title.bn"]


@pytest.mark.parametrize("title", [{}, {"en": ""}, {"bn": "দুর্গাপূজা"}, {"en": " ", "bn": "দুর্গাপূজা"}])
async def test_the_main_language_is_needed(organizer: Organizer, title: dict[str, str]) -> None:
    event = await organizer.create()
    assert list(faults(await organizer.edit(event, title=title))) == ["title.en"]


async def test_a_language_that_the_site_lacks_is_refused(organizer: Organizer) -> None:
    event = await organizer.create()
    answer = await organizer.edit(event, title={"en": "Pujo", "fr": "Fête"})
    assert list(faults(answer)) == ["title.fr"]
