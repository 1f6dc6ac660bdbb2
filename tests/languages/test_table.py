"""What the site and the emails read of the table of languages is what the table says."""

from bashi.core.languages import LANGUAGES
from tools import languages


def test_files_made_of_the_table_are_the_present_ones() -> None:
    stale = [
        str(path) for path, text in languages.written().items() if path.read_text("utf-8") != text
    ]
    assert stale == [], "Run `make languages`."


def test_every_language_has_the_same_words_and_templates() -> None:
    for folder in (languages.MESSAGES, languages.TEMPLATES):
        named = {tag: sorted(file.name for file in (folder / tag).iterdir()) for tag in LANGUAGES}
        assert len({tuple(names) for names in named.values()}) == 1, named
