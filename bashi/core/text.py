"""Text that an organizer writes, in as many languages as there are translations."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

_CHECKED = "checked"
FIRST = 1
"""The revision of words that were never edited."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words by language (BCP 47), the main one first; languages without words are left out."""

    words: Mapping[str, str]
    checked: Mapping[str, int] = field(default_factory=dict)
    """By language: the revision of the main language that its words were last checked against, and
    the main language's own; FIRST for those that are not named."""

    @classmethod
    def of(cls, words: Mapping[str, str], main: str) -> Self:
        """A new text. Empty translations count as missing."""
        first = {main: words.get(main, "")}
        return cls({name: text for name, text in (first | dict(words)).items() if text})

    @classmethod
    def read(cls, column: str) -> Self:
        """The inverse of `column`."""
        words = json.loads(column)
        return cls(checked=words.pop(_CHECKED, {}), words=words)

    def column(self) -> str:
        """As the database keeps it: `{"en": "Adult", "bn": "…"}`, and `checked` if it says more."""
        more = {_CHECKED: self.checked} if self.checked else {}
        return json.dumps({**self.words, **more}, ensure_ascii=False)

    def pick(self, locale: str) -> str:
        """In this language, or else in the main one; empty when nothing was written."""
        return self.words.get(self.language(locale), "")

    def language(self, locale: str) -> str:
        """The language of what `pick` returns."""
        return locale if locale in self.words else self.main or locale

    @property
    def main(self) -> str:
        """The language that the others are translated from; empty when nothing was written."""
        return next(iter(self.words), "")

    @property
    def original(self) -> str:
        """In the main language."""
        return self.words.get(self.main, "")

    def outdated(self) -> list[str]:
        """Languages whose words nobody has checked since the main language's last changed."""
        now = self._revision(self.main)
        return [name for name in self.words if self._revision(name) < now]

    def edited(
        self, new: Self, locales: Collection[str], still_right: Collection[str] = ()
    ) -> Self:
        """This text after an edit to `new`, within the `locales` that are switched on; words in
        another one stay.

        A translation that changes too, or that is named in `still_right`, is up to date.
        """
        words = {**new.words, **{n: text for n, text in self.words.items() if n not in locales}}
        main = next(iter(words), "")
        now = self._revision(main) + (self.words.get(main) not in (None, words.get(main)))
        checked = {
            name: now
            if name == main or name in still_right or self.words.get(name) != text
            else self._revision(name)
            for name, text in words.items()
        }
        return type(self)(words, {name: at for name, at in checked.items() if at != FIRST})

    def _revision(self, language: str) -> int:
        return self.checked.get(language, FIRST)
