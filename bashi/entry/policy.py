"""Policy for rules and emails, derived from the settings."""

from bashi.core.mail.emails import Organization
from bashi.core.ports import Policy
from bashi.entry.settings import Mode, Settings


def policy(settings: Settings) -> Policy:
    return Policy(
        brand=settings.brand.brand(),
        site_url=settings.server.site_url,
        support_email=settings.brand.support_email,
        time_zone=settings.brand.time_zone,
        currency=settings.brand.currency,
        terms_version=settings.brand.terms_version,
        locales=settings.brand.languages,
        password_min_user=settings.passwords.min_user,
        password_min_staff=settings.passwords.min_staff,
        hold_seats_per_person=settings.holds.seats_per_person,
        hold_seats_per_address=settings.holds.seats_per_address,
        demo=settings.mode is Mode.DEMO,
    )


def organization(settings: Settings) -> Organization:
    return Organization(
        settings.brand.brand(),
        settings.server.site_url,
        settings.brand.support_email,
        settings.brand.languages,
    )
