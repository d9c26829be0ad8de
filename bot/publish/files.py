"""Files of the archive: written whole or not at all, and never over a file of somebody else.

All functions block and are to be called in a thread.
"""

import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.digest.published import is_published

_TEMPORARY: Final = ".daily-papers-"
_ENDING: Final = ".tmp"
_LEFT_OVER_AFTER: Final = 3_600.0
"""Seconds after which a temporary file belongs to a process that was killed."""
_FILE_MODE: Final = 0o644
_FOLDER_MODE: Final = 0o755
"""What is published may be read by the web server, whatever the process's own umask."""


class ForeignFileError(Exception):
    """A file is in the way that this program has not written."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class ArchiveError(Exception):
    """The archive can't be written; `str()` has the path and the reason."""


class ArchiveFiles:
    """The folder of an archive."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist yet."""
        self._folder = folder

    def path(self, name: str) -> Path:
        """Return the path of a file by its name in the archive."""
        return self._folder / name

    def exists(self, name: str) -> bool:
        """Return whether there is a file."""
        return self.path(name).exists()

    def all_exist(self, names: Iterable[str]) -> bool:
        """Return whether there are all of some files."""
        return all(map(self.exists, names))

    def is_as_of(self, name: str, moment: datetime | None) -> bool:
        """Return whether there is a file, with what was known at a moment; `None` for any time."""
        try:
            written = self.path(name).stat().st_mtime
        except (FileNotFoundError, NotADirectoryError):
            return False
        return moment is None or written >= moment.timestamp()

    def update(self, name: str, data: bytes, *, as_of: datetime | None = None) -> bool:
        """Write a file, unless it has this content already; return whether it was written.

        Args:
            name: The file's name in the archive.
            data: Its content.
            as_of: Since when that is known, which becomes the file's time; `None` for now.

        Raises:
            ForeignFileError: There is a file that this program has not written.
            ArchiveError: It can't be written; a file that was there is as it was.
        """
        path = self.path(name)
        try:
            try:
                before = path.read_bytes()
            except FileNotFoundError:
                pass
            else:
                if before == data:
                    if as_of is not None:
                        _set_time(path, as_of)
                    return False
                if not is_published(before):
                    raise ForeignFileError(path)
            self._replace(path, data, as_of)
        except OSError as error:
            raise _archive_error(error, path) from error
        return True

    def _replace(self, path: Path, data: bytes, as_of: datetime | None) -> None:
        """Write a file beside its place and put it there: readers see the old or the new one."""
        self._make_folder(path.parent)
        # The name is hidden, so that who watches the folder doesn't read half a file.
        temporary = path.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}{_ENDING}")
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with open(os.open(temporary, flags, _FILE_MODE), "wb") as file:  # noqa: PTH123 - a descriptor
                file.write(data)
                file.flush()
                temporary.chmod(_FILE_MODE)
                os.fsync(file.fileno())
            if as_of is not None:
                _set_time(temporary, as_of)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        with suppress(FileExistsError):  # another process was quicker
            folder.mkdir()
            folder.chmod(_FOLDER_MODE)

    def remove_left_over(self) -> None:
        """Delete temporary files of processes that were killed while they wrote."""
        before = time.time() - _LEFT_OVER_AFTER
        with suppress(OSError):
            for path in self._folder.rglob(f"{_TEMPORARY}*{_ENDING}"):
                if path.stat().st_mtime < before:
                    path.unlink()


def _set_time(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def _sync_folder(folder: Path) -> None:
    """Let the new name of a file outlast a loss of power, where folders can be synchronized."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _archive_error(error: OSError, path: Path) -> ArchiveError:
    return ArchiveError(f"{path}: {error.strerror or error}")
