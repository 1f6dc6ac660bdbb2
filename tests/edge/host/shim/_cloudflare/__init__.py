"""Stands for the runtime's own package, as far as Cloudflare's Python SDK asks for it."""
