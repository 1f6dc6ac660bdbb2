"""A language that nobody speaks: English, longer and with accents, added as a real one would be."""

import re
import shutil
from pathlib import Path

import bashi

TAG = "en-XA"
"""The tag that CLDR keeps for such a language (UTS #35, 3.6.5)."""
LINE = f'Language("{TAG}", "Ḗƞɠŀīşħ", "Pseudo", "en", "US", "Latn", "latn"),'
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "àçéîñöšûýÀÇÉÎÑÖŠÛÝ")
_CODE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\w+\})", re.DOTALL)
_QUOTED = re.compile(r'(?<=[(,] )"([^"]*)"|(?<=\()"([^"]*)"')


def accented(words: str) -> str:
    """A third longer, so that what is too narrow shows."""
    longer = re.sub(r"\b(\w{5,})\b", lambda found: found[1] + found[1][-2:], words)
    return longer.translate(_ACCENTS)


def template(source: str) -> str:
    """A template in the pseudo-language: its code stays, the words that it passes on change."""
    return "".join(map(_part, _CODE.split(source)))


def _part(part: str) -> str:
    if part.startswith("{{"):
        return _QUOTED.sub(_passed, part)
    return part if part.startswith("{") else accented(part)


def _passed(found: re.Match[str]) -> str:
    words = found[1] or found[2] or ""
    return f'"{words if words.islower() and " " not in words else accented(words)}"'


def build(folder: Path) -> Path:
    """A copy of the product with the language added: a line, and a folder of words."""
    package = Path(bashi.__file__).parent
    skipped = shutil.ignore_patterns("__pycache__", "site")
    copy = Path(shutil.copytree(package, folder / "bashi", ignore=skipped))
    table = copy / "core" / "languages.py"
    text = table.read_text("utf-8")
    last = text.rindex("        Language(")
    table.write_text(f"{text[:last]}        {LINE}\n{text[last:]}", "utf-8")
    words = copy / "render" / "templates"
    (words / TAG).mkdir()
    for file in (words / "en").iterdir():
        change = template if file.suffix == ".jinja" else accented_json
        (words / TAG / file.name).write_text(change(file.read_text("utf-8")), "utf-8")
    return copy


def accented_json(source: str) -> str:
    """The values of a flat JSON object, but for their `{fields}`."""
    return re.sub(
        r'": "(.*?)"',
        lambda found: (
            '": "'
            + "".join(part if part[:1] == "{" else accented(part) for part in _CODE.split(found[1]))
            + '"'
        ),
        source,
    )


def build_site(folder: Path) -> Path:
    """A copy of the site's sources with a folder of words added, and its table written anew."""
    web = Path(bashi.__file__).parents[1] / "web"
    skipped = shutil.ignore_patterns("node_modules", ".next", "out", "next-env.d.ts")
    copy = Path(shutil.copytree(web, folder / "web", ignore=skipped))
    (copy / "node_modules").symlink_to(web / "node_modules")
    words = copy / "messages"
    (words / TAG).mkdir()
    for file in (words / "en").iterdir():
        (words / TAG / file.name).write_text(accented_module(file.read_text("utf-8")), "utf-8")
    return copy


def accented_module(source: str) -> str:
    """The strings of a module of words, but for keys, imports and `{fields}`."""
    lines = source.splitlines(keepends=True)
    return "".join(
        line if line.startswith("import") else _STRING.sub(_string, line) for line in lines
    )


_STRING = re.compile(r'"([^"]*)"(?!\s*:)|`([^`]*)`')
_PLACE = re.compile(r"(\$\{[^}]*\}|\{\w+\})")


def _string(found: re.Match[str]) -> str:
    quote = found[0][0]
    parts = _PLACE.split(found[1] if quote == '"' else found[2])
    return quote + "".join(part if _PLACE.match(part) else accented(part) for part in parts) + quote
