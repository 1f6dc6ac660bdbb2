"""An event as an iCalendar file (RFC 5545, methods of RFC 5546)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
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
    locale = spoken(locale, organization.languages)
    host = urlsplit(organization.site_url).hostname or "localhost"
    name = organization.brand.name(locale).name
    return _calendar(
        _Entry(
            uid=f"{event.id}@{host}",
            # Nothing follows a cancellation, and it must outrank what was published (RFC 5546,
            # 2.1.4).
            sequence=event.revision + event.canceled,
            changed_at=event.updated_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            time_zone=event.time_zone,
            summary=event.title.pick(locale),
            location=", ".join(filter(None, (event.venue, event.address))),
            url=event_url(event.slug, locale, organization.site_url),
            organizer=organization.support_email,
            organizer_name=name,
            canceled=event.canceled,
        )
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    uid: str
    sequence: int
    changed_at: int
    starts_at: int
    ends_at: int
    time_zone: str
    summary: str
    location: str
    url: str
    organizer: str
    organizer_name: str
    canceled: bool


@lru_cache(64)
def _calendar(of: _Entry) -> bytes:
    """Remembered: each email of an event's tickets carries the same file."""
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415 - slow to import

    starts = _moment(of.starts_at, of.time_zone)
    ends = _moment(of.ends_at, of.time_zone)
    entry = Event()
    entry.add("uid", of.uid)
    entry.add("sequence", of.sequence)
    entry.add("dtstamp", datetime.fromtimestamp(of.changed_at // 1000, UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", of.summary)
    entry.add("location", of.location)
    entry.add("description", of.url)
    entry.add("url", of.url)
    entry.add("status", "CANCELLED" if of.canceled else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{of.organizer}")
    organizer.params["CN"] = of.organizer_name
    entry.add("organizer", organizer)

    calendar = Calendar()
    calendar.add("prodid", f"-//{of.organizer_name}//bashi//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if of.canceled else "PUBLISH")
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
