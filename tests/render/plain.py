"""An email without anything but its subject."""

from bashi.core.mail.letters import RenderedLetter


def plain(subject: str) -> RenderedLetter:
    return RenderedLetter(subject, "Hello\n", "<p>Hello</p>\n")
