"""Wrangler's own table, where it keeps the names of the migrations that it has applied to D1."""

from bashi.core.batch import Query, Statement


def applied_there() -> Statement:
    return Query("SELECT name FROM d1_migrations")()
