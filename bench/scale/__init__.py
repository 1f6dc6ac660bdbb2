"""How far it goes: two processes on PostgreSQL, ten thousand connections, a million tickets.

`python -m bench.scale` (`make bench-scale`); `--quick` for a look, names of parts for a choice.
"""
