"""The table of currencies for the site, as JSON: `make openapi` keeps it in web/lib."""

import json

from bashi.core.money import CURRENCIES


def table() -> str:
    found = {
        code: {
            "decimals": currency.decimals,
            "shown": currency.shown_decimals,
            "least": currency.least_cents,
        }
        for code, currency in sorted(CURRENCIES.items())
    }
    return json.dumps(found, indent=2)


if __name__ == "__main__":
    print(table())
