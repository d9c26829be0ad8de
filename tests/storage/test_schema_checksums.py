"""Migrations that have landed never change: databases in the field have run them as they were."""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Final

from storage import migrations

CHECKSUMS: Final = Path(__file__).with_name("schema.sha256")
"""Written by `sha256sum *.sql` in storage/schema. A new migration adds a line to it."""


def test_migrations_that_have_landed_are_unchanged_and_new_ones_are_listed() -> None:
    listed = {
        name: checksum
        for checksum, _, name in (
            line.partition("  ") for line in CHECKSUMS.read_text("utf-8").splitlines()
        )
    }
    folder = files("storage") / "schema"
    found = {
        migration.name: hashlib.sha256((folder / migration.name).read_bytes()).hexdigest()
        for migration in migrations.load()
    }
    assert found == listed
