"""An event as an iCalendar file (RFC 5545, methods of RFC 5546)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bashi.core.languages import spoken
from bashi.core.mail.emails import EventFacts, Organization
from bashi.render.links import event_url
from bashi.render.locales import local


def method(event: EventFacts) -> str:
    """A PUBLISH of the same UID with a higher SEQUENCE moves the entry; CANCEL removes it."""
    return "CANCEL" if event.canceled else "PUBLISH"


def event_calendar(event: EventFacts, locale: str, organization: Organization) -> bytes:
    """One VEVENT in the event's own zone, whose rules come along as a VTIMEZONE."""
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415 - slow to import

    locale = spoken(locale, organization.languages)
    host = urlsplit(organization.site_url).hostname or "localhost"
    url = event_url(event.slug, locale, organization.site_url)
    starts = _moment(event.starts_at, event.time_zone)
    ends = _moment(event.ends_at, event.time_zone)
    entry = Event()
    entry.add("uid", f"{event.id}@{host}")
    # Nothing follows a cancellation, and it must outrank what was published (RFC 5546, 2.1.4).
    entry.add("sequence", event.revision + event.canceled)
    entry.add("dtstamp", datetime.fromtimestamp(event.updated_at // 1000, UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", event.title.pick(locale))
    entry.add("location", ", ".join(filter(None, (event.venue, event.address))))
    entry.add("description", url)
    entry.add("url", url)
    entry.add("status", "CANCELLED" if event.canceled else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{organization.support_email}")
    organizer.params["CN"] = organization.brand.name(locale).name
    entry.add("organizer", organizer)

    calendar = Calendar()
    calendar.add("prodid", f"-//{organization.brand.name(locale).name}//bashi//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method(event))
    calendar.add_component(entry)
    # A year on either side; the library's default writes out every change from 1970 to 2038.
    years = timedelta(days=366)
    calendar.add_missing_timezones(starts.date() - years, ends.date() + years)
    return bytes(calendar.to_ical())


def _moment(at: int, time_zone: str) -> datetime:
    """Local, but in UTC where a local time would mean the hour before: it comes twice, and
    calendars take the first (RFC 5545 §3.3.5)."""
    moment = local(at, time_zone).replace(microsecond=0)
    return moment.astimezone(UTC) if moment.fold else moment
