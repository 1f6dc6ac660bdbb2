"""Change one's own name and language."""

from dataclasses import replace

from bashi.core.folding import fold
from bashi.core.people import rules, sql
from bashi.core.people.rules import Person
from bashi.core.ports import Ports


async def set_profile(ports: Ports, person: Person, name: str | None, locale: str | None) -> Person:
    """None leaves a field as it is. Raises InvalidFields."""
    changed = replace(
        person,
        name=person.name if name is None else rules.clean_name(name),
        locale=person.locale if locale is None else locale,
    )
    rules.check_profile(changed, ports.policy.locales)
    await ports.database.batch(
        [
            sql.SET_PROFILE(
                id=person.id,
                name=changed.name,
                search_name=fold(changed.name),
                locale=changed.locale,
            )
        ]
    )
    return changed
