"""Who runs the place, as visitors see it: names, colors, and the words of the home page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CONTRAST_OF_TEXT = 4.5
"""WCAG 2.2, 1.4.3, level AA."""
CONTRAST_OF_GRAPHICS = 3.0
"""WCAG 2.2, 1.4.11."""


@dataclass(frozen=True, slots=True)
class Name:
    """The organization's name in one language."""

    name: str
    of: str = ""
    """As a sentence has it for "of …" (Bangla's ওকলাহোমাবাসীর); empty: as the language does it."""
    at: str = ""
    """The same for "at …" and "to …" (ওকলাহোমাবাসীতে)."""


@dataclass(frozen=True, slots=True)
class Colors:
    """`#rrggbb`. `main` and `dark` carry white text; `accent` is seen on `dark`."""

    main: str = "#8f1230"
    dark: str = "#5e0a1f"
    accent: str = "#f2b632"


@dataclass(frozen=True, slots=True)
class Brand:
    names: Mapping[str, Name]
    """By language, the main one first."""
    colors: Colors = Colors()
    home: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Texts of the home page in place of the build's: by part (`headline`, `lead`) and language."""

    def name(self, locale: str) -> Name:
        """In this language, or else in the main one."""
        return self.names.get(locale) or next(iter(self.names.values()))


def contrast(one: str, other: str) -> float:
    """From 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
