"""Run by test_pseudo_language.py in a copy of the product that has one language more."""

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from bashi.core.languages import LANGUAGES
from bashi.render.emails import render_email
from tests.events.organizer import organizer_of
from tests.languages.pseudo import TAG
from tests.render import facts
from tests.support.database import SqliteTemplate
from tests.support.product import POLICY, open_product


async def journey(folder: Path) -> None:
    rendered = [render_email(each, TAG, facts.ORGANIZATION) for each in facts.one_of_each()]
    policy = replace(POLICY, locales=tuple(LANGUAGES))
    template = SqliteTemplate(folder / "template.sqlite")
    async with open_product(folder, template, policy=policy) as product:
        organizer = await organizer_of(product)
        event = await organizer.published(title={"en": "Pujo", TAG: "Pûjö"})
        client = product.client()
        await client.register("rina@example.org", locale=TAG)
        [welcome] = await product.deliver()
        shown = (await client.get(f"events/{event['slug']}")).json()
        site = (await client.get("site")).json()
    found = {
        "subjects": [email.subject for email in rendered],
        "texts": [email.text for email in rendered],
        "html": [email.html for email in rendered],
        "title": shown["title"],
        "locales": site["locales"],
        "welcome": welcome.email.text,
    }
    sys.stdout.write(json.dumps(found))


asyncio.run(journey(Path(sys.argv[1])))
