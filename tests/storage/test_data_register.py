"""Every table and column is entered as one with data about people or servers, or as none."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from personal_samples import ME, fill, places_of

from storage import guild_data, personal_data
from storage.data_register import PAPERS, REGISTER, Datum

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "privacy.md"
SUSPICIOUS: Final = re.compile(
    r"(user|person|member|author_id|actor|owner|guild|server|channel|role|mention|_by$)"
)
HOW: Final = (
    "Enter it in storage/data_register.py; data about people or servers also in personal_data.py or"
    " guild_data.py, tests/personal_samples.py and docs/privacy.md."
)


def columns_in(database_rows: Callable[..., list[tuple[Any, ...]]]) -> dict[str, set[str]]:
    """Return the columns of each table, without the inner tables of full-text indexes."""
    tables = database_rows("SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')")
    found = {}
    for (table,) in tables:
        if not table.startswith("sqlite_"):
            found[table] = {
                name for (name,) in database_rows("SELECT name FROM pragma_table_info(?)", table)
            }
    return found


def registered(*data: Datum) -> set[str]:
    return {
        f"{table}.{column}"
        for table, columns in REGISTER.items()
        for column, datum in columns.items()
        if datum in data
    }


def test_every_table_and_column_of_the_schema_is_in_the_register(
    rows: Callable[..., list[tuple[Any, ...]]],
) -> None:
    schema = columns_in(rows)
    assert schema.keys() == REGISTER.keys() | PAPERS, HOW
    assert not REGISTER.keys() & PAPERS
    for table, columns in REGISTER.items():
        assert schema[table] == columns.keys(), f"{table}: {HOW}"
    for table in PAPERS:
        suspicious = {f"{table}.{each}" for each in schema[table] if SUSPICIOUS.search(each)}
        assert suspicious <= {"paper_authors.author_id"}, HOW


def test_each_column_with_people_is_deleted_and_its_table_is_exported() -> None:
    users = registered(Datum.USER)
    assert users <= personal_data.FORGET.keys(), HOW
    tables = {place.partition(".")[0] for place in users}
    assert personal_data.EXPORT.keys() == tables, HOW
    for place in users | {f"{table}.{c}" for table in tables for c in REGISTER[table]}:
        table, _, column = place.partition(".")
        if REGISTER[table][column] is Datum.TYPED:
            assert re.search(rf"\b{column}\b", personal_data.EXPORT[table]), HOW


def test_the_samples_have_a_value_in_each_column_with_such_data(
    outside: sqlite3.Connection,
) -> None:
    fill(outside)
    assert registered(Datum.USER) <= places_of(outside, ME.user), HOW
    at_server = places_of(outside, *ME.of_server)
    assert registered(Datum.SERVER) - {"jobs.payload"} <= at_server, HOW
    typed = places_of(outside, ME.typed)
    assert registered(Datum.TYPED) - {"saved_papers.arxiv_id"} <= typed, HOW


def test_each_of_these_columns_has_its_place_in_the_document() -> None:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    for place in registered(Datum.USER, Datum.SERVER, Datum.TYPED):
        listed = [line for line in lines if line.startswith("|") and f"`{place}`" in line]
        assert len(listed) == 1, (place, HOW)


def test_the_document_names_no_column_that_is_not_there() -> None:
    table = [x for x in DOCUMENT.read_text("utf-8").splitlines() if x.startswith("|")]
    known = registered(*Datum)
    for place in re.findall(r"`(\w+\.\w+)`", "".join(table)):
        assert place in known, place


def test_tables_that_are_deleted_by_server_have_its_id() -> None:
    for table in guild_data.BY_GUILD:
        assert REGISTER[table]["guild_id"] is Datum.SERVER
