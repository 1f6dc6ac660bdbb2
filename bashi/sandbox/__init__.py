"""A Stripe that runs on this machine: API, hosted payment page, webhooks, and faults on demand.

It keeps its own books in its own file and knows nothing of the product, which talks to it over
HTTP as it would to Stripe. Mount `sandbox_app(...)` at /sandbox and start its `run()`, or run it
alone: `python -m bashi.sandbox --help`.
"""

from bashi.sandbox.app import Sandbox, sandbox_app

__all__ = ["Sandbox", "sandbox_app"]
