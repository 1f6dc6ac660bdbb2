"""Words of documents, a JSON file for each kind and language beside the templates of emails."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def document_words(document: str, language: str) -> Mapping[str, str]:
    """`document_words("ticket", "en")["when"]` is "When"."""
    file = files("bashi.render").joinpath("templates", language, f"{document}.json")
    words: Mapping[str, str] = json.loads(file.read_text("utf-8"))
    return words
