"""What wrangler deploys; all else is packages that `python -m tools.edge` puts beside it."""

import gc

gc.disable()  # what is imported never becomes garbage, and looking takes a tenth of it

from bashi.entry.edge.worker import Default  # noqa: E402

gc.freeze()
gc.enable()

__all__ = ("Default",)
