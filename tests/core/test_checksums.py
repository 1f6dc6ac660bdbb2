"""A migration is known by what it does."""

from bashi.migrations import checksum, load, problem

SQL = "CREATE TABLE a (b TEXT NOT NULL DEFAULT 'x -- y');"


def test_comments_and_spaces_do_not_count() -> None:
    same = (
        "-- what it is for\nCREATE  TABLE a (\n  b TEXT NOT NULL DEFAULT 'x -- y'); -- personal\n"
    )
    assert checksum(same.replace("(\n  b", "(b")) == checksum(SQL)


def test_all_else_does() -> None:
    for other in ("'x -- z'", "'x'", "'x  -- y'"):
        assert checksum(SQL.replace("'x -- y'", other)) != checksum(SQL)


def test_every_file_of_an_engine_has_a_sum_of_its_own() -> None:
    known = load()
    assert len({checksum(sql) for _, sql in known}) == len(known)
    assert problem({name: checksum(sql) for name, sql in known}, known) is None
