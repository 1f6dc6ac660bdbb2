"""Find a guest without a code by name or order number, at the event's own door."""

from collections.abc import Sequence
from operator import attrgetter

from bashi.core import limits
from bashi.core.door import sql
from bashi.core.door.figures import these_days
from bashi.core.errors import Fault, InvalidFields, NotFound
from bashi.core.ports import Ports
from bashi.core.tickets.names import typed_words
from bashi.core.tickets.search import FoundTicket, TicketSearch, found_tickets, named

_AS_WRITTEN = {ord(" "): None, ord("-"): None}


async def find_guest(
    ports: Ports, event_id: str, text: str, *, all_upcoming: bool
) -> tuple[Sequence[FoundTicket], bool]:
    """Tickets of the order with this number, else of attendees with these beginnings of names; and
    whether there are more of them. Raises InvalidFields, NotFound."""
    if max(map(len, typed_words(text)), default=0) < limits.NAME_LETTERS_MIN:
        words = "Type at least two letters of a name, or the order's number."
        raise InvalidFields({"q": Fault("too_short", words, least=limits.NAME_LETTERS_MIN)})
    days = these_days(ports.clock.now(), all_upcoming=all_upcoming)
    if not await ports.database.fetch(sql.OPEN_EVENT(event=event_id, **days)):
        raise NotFound("no_such_event", "This event is not at the door.")
    number = text.upper().translate(_AS_WRITTEN)
    family = await ports.database.fetch(sql.OF_ORDER(number=number, event=event_id))
    if family:
        return found_tickets(family), False
    found, more = await named(ports, TicketSearch(event_id, None, text), "", limits.GUESTS_FOUND)
    return sorted(found, key=attrgetter("attendee")), more is not None
