"""brand.css and site.webmanifest: the settings of the brand, as browsers read them."""

import json

from bashi.core.languages import AT_THE_ROOT, LANGUAGES, prefix
from bashi.core.ports import Policy


def brand_css(policy: Policy) -> str:
    """Values for the variables of the site's own style sheet."""
    colors = policy.brand.colors
    values = {
        "brand": colors.main,
        "brand-dark": colors.dark,
        "brand-soft": f"color-mix(in srgb, {colors.main} 7%, white)",
        "gold": colors.accent,
        "gold-soft": f"color-mix(in srgb, {colors.accent} 22%, white)",
    }
    return f":root{{{''.join(f'--color-{name}:{value};' for name, value in values.items())}}}\n"


def manifest(policy: Policy) -> str:
    """https://www.w3.org/TR/appmanifest/, in the main language."""
    main = policy.locales[0]
    start = f"{prefix(main) if main != AT_THE_ROOT else ''}/"
    return json.dumps(
        {
            "name": policy.brand.name(main).name,
            "short_name": policy.brand.name(main).name,
            "lang": main,
            "dir": LANGUAGES[main].direction,
            "start_url": start,
            "scope": "/",
            "display": "minimal-ui",
            "theme_color": policy.brand.colors.dark,
            "background_color": "#ffffff",
            "icons": [{"src": "/icon.svg", "type": "image/svg+xml", "sizes": "any"}],
        },
        ensure_ascii=False,
    )
