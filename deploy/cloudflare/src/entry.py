"""What wrangler deploys; everything else is a package that `python -m tools.edge` puts beside it."""

import gc

gc.disable()  # nothing of what is imported ever becomes garbage; looking costs a tenth of the start

from bashi.entry.edge import Default  # noqa: E402

gc.freeze()
gc.enable()

__all__ = ("Default",)
