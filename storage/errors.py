"""What can go wrong with the database, each with a sentence that says what to do."""

from pathlib import Path


class StorageError(Exception):
    """A database that cannot be used as asked; `str()` of it is for the operator to read."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class NotADatabaseError(StorageError):
    """The file holds something else, or is damaged."""


class NewerDatabaseError(StorageError):
    """The file was written by a newer version of this program."""


class UnwritableDatabaseError(StorageError):
    """The file or its folder cannot be written."""


class DiskFullError(StorageError):
    """There is no room left for what is to be written; the transaction was undone."""


class BusyDatabaseError(StorageError):
    """Another process kept the write lock for too long."""
