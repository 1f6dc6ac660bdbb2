"""Search tickets by attendee, buyer or typed code."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query, Row
from bashi.core.columns import read
from bashi.core.errors import Fault, InvalidFields
from bashi.core.ports import Ports
from bashi.core.text import Text
from bashi.core.tickets.moves import TicketState
from bashi.core.tickets.name_index import OTHER, OTHERS, beginning, others, rare
from bashi.core.tickets.names import typed_words

_COLUMNS = (
    "SELECT k.id, k.order_id, o.number AS order_number, k.attendee, o.email, t.name AS type_name,"
    " k.status, k.used_at, k.used_gate"
)
_JOINED = " JOIN orders o ON o.id = k.order_id JOIN ticket_type t ON t.id = k.ticket_type_id"
TICKETS = f"{_COLUMNS} FROM ticket k{_JOINED}"
_IN_STATE = " AND (CAST(:status AS TEXT) IS NULL OR k.status = CAST(:status AS TEXT))"
_AFTER = " AND k.id > :after ORDER BY k.id LIMIT :take"
# One statement for each way to look, so that each can use its index.
ALL = Query(f"{TICKETS} WHERE 1 = 1{_IN_STATE}{_AFTER}", long=True)
OF_EVENT = Query(f"{TICKETS} WHERE k.event_id = :event{_AFTER}")
IN_STATE = Query(f"{TICKETS} WHERE k.event_id = :event AND k.status = :status{_AFTER}")
_MARKED = (
    "SELECT id FROM orders WHERE number = :number OR email = :exact"
    " UNION SELECT order_id FROM ticket WHERE typed_code = :number"
)
MARKED = Query(
    f"{TICKETS} WHERE k.order_id IN ({_MARKED})"
    f" AND (CAST(:event AS TEXT) IS NULL OR k.event_id = CAST(:event AS TEXT)){_IN_STATE}{_AFTER}"
)

# Along the index of words. A ticket with two words of that beginning is found by the first.
_NAMED = (
    f"{_COLUMNS}, w.word FROM attendee_word w JOIN ticket k ON k.id = w.ticket_id{_JOINED}"
    " WHERE w.event_id = :event AND (w.word, w.ticket_id) > (:start, :after)"
    " AND w.word < :beyond_word"
    f" AND NOT EXISTS ({OTHER} AND x.word >= :word AND x.word < w.word){OTHERS}{_IN_STATE}"
    " ORDER BY w.word, w.ticket_id LIMIT :take"
)
NAMED = Query(_NAMED, long=True)
NAMED_ALONE = Query(_NAMED)
"""For one word and any state: what it reads is what is shown."""


@dataclass(frozen=True, slots=True)
class FoundTicket:
    id: str
    order_id: str
    order_number: str
    attendee: str
    email: str
    """The buyer's."""
    type_name: Text
    status: TicketState
    used_at: int | None
    used_gate: str | None


Page = tuple[Sequence[FoundTicket], str | None]
"""Tickets, and where the next page begins; None: this is the last."""


@dataclass(frozen=True, slots=True)
class TicketSearch:
    event_id: str | None
    status: str | None
    text: str
    """An order's number, an email address, a typed code; within an event also the beginnings of
    an attendee's names."""


async def search_tickets(ports: Ports, search: TicketSearch, after: str, take: int) -> Page:
    """Each way costs the same however many tickets there are. Raises InvalidFields for a cursor
    that is none of ours."""
    if not search.text:
        return await _listed(ports, search, after, take)
    by_name = ":" in after
    if not by_name:
        page = await _marked(ports, search, after, take)
        if page[0] or after or search.event_id is None:
            return page
    return await named(ports, search, after, take)


async def _listed(ports: Ports, search: TicketSearch, after: str, take: int) -> Page:
    event, status = search.event_id, search.status
    if event is None:
        found = ALL(status=status, after=after, take=take + 1)
    elif status is None:
        found = OF_EVENT(event=event, after=after, take=take + 1)
    else:
        found = IN_STATE(event=event, status=status, after=after, take=take + 1)
    return _page(await ports.database.fetch(found), take)


async def _marked(ports: Ports, search: TicketSearch, after: str, take: int) -> Page:
    found = MARKED(
        exact=search.text.lower(),
        number=search.text.upper(),
        event=search.event_id,
        status=search.status,
        after=after,
        take=take + 1,
    )
    return _page(await ports.database.fetch(found), take)


def _page(rows: Sequence[Row], take: int) -> Page:
    page = found_tickets(rows[:take])
    return page, page[-1].id if len(rows) > take else None


def found_tickets(rows: Sequence[Row]) -> list[FoundTicket]:
    return [read(FoundTicket, row) for row in rows]


async def named(ports: Ports, search: TicketSearch, after: str, take: int) -> Page:
    """By an attendee's name, within an event, in the order of the word that was found."""
    words = typed_words(search.text)
    if not words:
        return [], None
    start, _, ticket = after.partition(":")
    word = _begun(words, start) if after else await _rare(ports, search.event_id, words)
    rest = [other for other in words if other != word]
    query = NAMED_ALONE if len(words) == 1 and search.status is None else NAMED
    found = query(
        event=search.event_id,
        status=search.status,
        start=start or word,
        after=ticket,
        take=take + 1,
        **beginning("word", word),
        **others(rest),
    )
    rows = await ports.database.fetch(found)
    last = rows[take - 1] if len(rows) > take else None
    return found_tickets(rows[:take]), f"{last['word']}:{last['id']}" if last else None


def _begun(words: Sequence[str], start: str) -> str:
    """The typed word along which the pages before went. None of them begins another."""
    for word in words:
        if start.startswith(word):
            return word
    raise InvalidFields({"cursor": Fault("bad_cursor", "Start again without a cursor.")})


async def _rare(ports: Ports, event_id: str | None, words: Sequence[str]) -> str:
    """Where everybody is called Sen, Mitali Sen is looked for among the Mitalis: by a word that few
    have, where there is one."""
    return await rare(ports, words[1:], event_id, limits.FEW_FOUND) or words[0]
