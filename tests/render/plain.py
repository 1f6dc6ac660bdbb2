"""An email without anything but its subject."""

from bashi.core.mail.emails import RenderedEmail


def plain(subject: str) -> RenderedEmail:
    return RenderedEmail(subject, "Hello\n", "<p>Hello</p>\n")
