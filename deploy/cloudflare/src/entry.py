"""What wrangler deploys; everything else is a package that `python -m tools.edge` puts beside it."""

from bashi.entry.edge import Default

__all__ = ("Default",)
