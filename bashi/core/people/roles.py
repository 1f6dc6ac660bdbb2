"""Change roles; disable and enable accounts. Counts at the person's next request."""

from dataclasses import replace

from bashi.core.batch import Refused, Statement
from bashi.core.errors import Conflict, NotFound, Problem
from bashi.core.people import sql
from bashi.core.people.notes import trail
from bashi.core.people.rules import STAFF, Person, Role, fold_email
from bashi.core.ports import Ports


async def set_role(ports: Ports, person_id: str, role: Role, *, by: str | None) -> Person:
    """A staff role needs a verified address and ends the person's sessions, so that signing in
    again can ask for the longer password. `by` None: the operator.

    Raises NotFound, Conflict("not_verified", "last_admin" or "changed_meanwhile").
    """
    return await _set_role(ports, await _person(ports, person_id), role, by)


async def promote(ports: Ports, email: str, role: Role) -> Person:
    """The same for an operator, who knows people by their address."""
    return await _set_role(ports, await person_by_email(ports, email), role, None)


async def person_by_email(ports: Ports, email: str) -> Person:
    """Raises NotFound."""
    rows = await ports.database.fetch(sql.PERSON_BY_EMAIL(email=fold_email(email)))
    if not rows:
        raise _unknown()
    return sql.person(rows[0])


async def disable(ports: Ports, person_id: str, *, by: str | None) -> Person:
    """Ends sessions and links too, so that enabling revives none. Raises NotFound, Conflict."""
    person, now = await _person(ports, person_id), ports.clock.now()
    if person.disabled_at is not None:
        return person
    await _commit(
        ports,
        [
            sql.DISABLE(1, "person_unchanged", id=person.id, role=person.role.value, now=now),
            *_keep_an_admin(person),
            sql.END_SESSIONS(person=person.id, now=now),
            sql.VOID_LINKS(person=person.id, now=now),
            trail(ports, "person.disable", person, now, by=by),
        ],
    )
    return replace(person, disabled_at=now)


async def enable(ports: Ports, person_id: str, *, by: str | None) -> Person:
    """Raises NotFound, Conflict."""
    person, now = await _person(ports, person_id), ports.clock.now()
    if person.disabled_at is None:
        return person
    await _commit(
        ports,
        [
            sql.ENABLE(1, "person_unchanged", id=person.id),
            trail(ports, "person.enable", person, now, by=by),
        ],
    )
    return replace(person, disabled_at=None)


async def _set_role(ports: Ports, person: Person, role: Role, by: str | None) -> Person:
    if person.role is role:
        return person
    if role in STAFF and not person.verified:
        raise Conflict("not_verified", "They must open the link in our email first.")
    now = ports.clock.now()
    statements = [
        sql.SET_ROLE(1, "person_unchanged", id=person.id, role=role.value, old=person.role.value),
        *_keep_an_admin(person),
        trail(ports, "person.role", person, now, by=by, detail=f"{person.role} → {role}"),
    ]
    if role in STAFF and person.role not in STAFF:
        statements.append(sql.END_SESSIONS(person=person.id, now=now))
    await _commit(ports, statements)
    return replace(person, role=role)


def _keep_an_admin(person: Person) -> list[Statement]:
    return [sql.AN_ADMIN_REMAINS(1, "last_admin")] if person.role is Role.ADMIN else []


async def _commit(ports: Ports, statements: list[Statement]) -> None:
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        raise _explain(refused) from refused


def _explain(refused: Refused) -> Problem:
    if refused.name == "last_admin":
        return Conflict("last_admin", "Somebody must stay admin. Make another admin first.")
    return Conflict("changed_meanwhile", "This account has just been changed. Look again.")


async def _person(ports: Ports, person_id: str) -> Person:
    rows = await ports.database.fetch(sql.PERSON_BY_ID(id=person_id))
    if not rows:
        raise _unknown()
    return sql.person(rows[0])


def _unknown() -> NotFound:
    return NotFound("no_such_person", "There is no such account.")
