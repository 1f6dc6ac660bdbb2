"""The part of the settings that rules and emails read."""

from bashi.core.mail.emails import Organisation
from bashi.core.ports import Policy
from bashi.entry.settings import Mode, Settings


def policy(settings: Settings) -> Policy:
    return Policy(
        organisation=settings.organisation,
        site_url=settings.public_url.rstrip("/"),
        support_email=settings.support_email,
        time_zone=settings.time_zone,
        currency=settings.currency,
        terms_version=settings.terms_version,
        locales=("en", "bn"),
        password_min_user=settings.password_min_user,
        password_min_staff=settings.password_min_staff,
        hold_seats_per_person=settings.hold_seats_per_person,
        hold_seats_per_address=settings.hold_seats_per_address,
        demo=settings.mode is Mode.DEMO,
    )


def organisation(settings: Settings) -> Organisation:
    return Organisation(
        settings.organisation, settings.public_url.rstrip("/"), settings.support_email
    )
