"""Compare the full-text indexes with the tables that they index."""

import sqlite3


def assert_in_step(outside: sqlite3.Connection) -> None:
    """Check that the indexes match the tables: by FTS5's own check, and by rebuilding them."""
    for index, column in (("paper_words", "body"), ("title_words", "title")):
        outside.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")  # noqa: S608 - names of tables
        terms = f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, {index}, instance)"
        outside.execute(terms)
        kept = outside.execute("SELECT * FROM temp.terms").fetchall()
        outside.execute("BEGIN")
        outside.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - names of tables
        assert kept == outside.execute("SELECT * FROM temp.terms").fetchall()
        assert column in {row[2] for row in kept}
        outside.execute("ROLLBACK")
        outside.execute("DROP TABLE temp.terms")
