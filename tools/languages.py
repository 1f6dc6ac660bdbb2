"""Write what the site reads of `bashi.core.languages` and CLDR: `make languages`.

Run it after a line of that table, or a folder of words, was added. What it writes is checked in,
and a test holds it against what it would write.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from bashi.core.languages import AT_THE_ROOT, LANGUAGES, Language
from tools import cldr

MESSAGES = Path("web/messages")
TEMPLATES = Path("bashi/render/templates")
TABLE = Path("web/lib/languages.json")
AM_AND_PM = 2
_MADE = "// Made by `make languages`: do not edit.\n"


def written() -> Mapping[Path, str]:
    """Every file, with its content."""
    features = sorted(file.stem for file in (MESSAGES / AT_THE_ROOT).glob("*.ts"))
    words = {MESSAGES / f"{feature}.ts": _dictionary(feature) for feature in features}
    return {cldr.CUT: cldr.as_text(), TABLE: _table(), **words}


def _table() -> str:
    """Times are told by parts of the day where CLDR has more of them than AM and PM."""
    parts = {tag: facts["day_parts"] for tag, facts in cldr.cut()["languages"].items()}
    facts = {
        tag: {
            "name": language.name,
            "intl": _with_territory(language),
            "root": "" if tag == AT_THE_ROOT else f"/{tag}",
            "script": language.script,
            "direction": language.direction,
            "dayParts": dict(parts[tag]) if len(parts[tag]) > AM_AND_PM else {},
        }
        for tag, language in LANGUAGES.items()
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _with_territory(language: Language) -> str:
    """BCP 47, for the browser's Intl."""
    tag = language.cldr.replace("_", "-")
    return tag if "-" in tag else f"{tag}-{language.territory}"


def _dictionary(feature: str) -> str:
    name = "".join(part.title() if at else part for at, part in enumerate(feature.split("-")))
    tags = {tag: tag.replace("-", "_") for tag in LANGUAGES}
    imports = "".join(f'import {tags[tag]} from "./{tag}/{feature}";\n' for tag in sorted(tags))
    entries = ", ".join(
        tag if tag == variable else f'"{tag}": {variable}' for tag, variable in tags.items()
    )
    main = tags[AT_THE_ROOT]
    return (
        f'{_MADE}import type {{ Dictionary }} from "@/lib/i18n";\n{imports}\n'
        f"export const {name}: Dictionary<typeof {main}> = {{ {entries} }};\n"
    )


if __name__ == "__main__":
    for path, content in written().items():
        path.write_text(content, "utf-8")
