"""Digests in a folder: what is there, and what comes."""

import asyncio
import logging
import math
import os
import stat
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import Change, awatch

log = logging.getLogger(__name__)

_LONGEST_UNREST_MS = 60_000
_BREATH_MS = 500
"""After which the wait for a notice is broken off, to see whether it is time to look anyway."""


def listing(folder: Path) -> tuple[Path, ...]:
    """Return the digests of a folder and its subfolders: files that end in `.md`, by path.

    Hidden files and folders (`.git`, `.draft.md`) are left out. Links to files count, links to
    folders are not followed. What can't be looked at, a folder too, is named with the others:
    reading it says why.
    """
    return tuple(sorted(_versions(folder)))


async def watch(
    folder: Path, *, stop: asyncio.Event, quiet: float = 0.2, at_least_every: float = 5.0
) -> AsyncGenerator[frozenset[Path], None]:
    """Yield the digests of a folder: first those that are there, then those that come or change.

    The system's notice only says when to look; what is new is found by comparing times and sizes
    of all files, so that a folder made and filled at once is not missed, and a disk that gives no
    notice (a network's, a container's) is still read. The folder may come into being later, be
    deleted and be made again.

    A file that is copied slowly is yielded when nothing has changed for `quiet`, perhaps before
    it is whole. It is then yielded again when it has changed: reading it again makes up for that,
    since storing a digest again changes only what differs.

    Args:
        folder: where to look, with its subfolders; need not exist.
        stop: ends the watch when it is set, within `quiet`.
        quiet: seconds without a change after which a change is taken to be done.
        at_least_every: seconds after which to look without any notice.

    Yields:
        What is new or changed, at least one path, each as `listing` gives it. What can't be looked
        at comes once.
    """
    known: Mapping[Path, tuple[int, ...]] = {}
    while not stop.is_set():
        identity = await asyncio.to_thread(_identity, folder)
        if identity is None:
            await _pause(stop, at_least_every)
            continue
        async with aclosing(_alarms(folder, stop, quiet, at_least_every)) as alarms:
            async for _ in alarms:
                versions = await asyncio.to_thread(_versions, folder)
                if new := frozenset(path for path in versions if versions[path] != known.get(path)):
                    yield new
                known = versions
                # The system watches what it was told to, not what has its name now.
                if await asyncio.to_thread(_identity, folder) != identity:
                    break


async def _alarms(
    folder: Path, stop: asyncio.Event, quiet: float, at_least_every: float
) -> AsyncGenerator[None, None]:
    """Yield when it is time to look: at once, then after each change and each long silence.

    Ends when the folder is deleted: the system then watches what is no more.
    """
    folder = folder.absolute()  # noqa: ASYNC240 - asks for the working folder, not the disk
    yield
    loop = asyncio.get_running_loop()
    looked = -math.inf
    try:
        async with aclosing(
            awatch(
                folder,
                watch_filter=None,
                debounce=_LONGEST_UNREST_MS,
                step=int(quiet * 1000),
                rust_timeout=_BREATH_MS,
                yield_on_timeout=True,
                stop_event=_Ending(stop),
                ignore_permission_denied=True,
            )
        ) as changes:
            async for noticed in changes:
                if any(kind is Change.deleted and Path(path) == folder for kind, path in noticed):
                    return
                # The first time also without notice: what came before there were any.
                if noticed or loop.time() - looked >= at_least_every:
                    looked = loop.time()
                    yield
    except FileNotFoundError:
        return
    except (OSError, RuntimeError) as error:
        log.warning(
            "%s can't be watched (%s): it is looked at every %g s", folder, error, at_least_every
        )
        while not stop.is_set():
            await _pause(stop, at_least_every)
            yield


class _Ending:
    """Is set with an event, but setting it, as watchfiles does when cancelled, sets it alone."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._is_set = False

    def is_set(self) -> bool:
        return self._is_set or self._stop.is_set()

    def set(self) -> None:
        self._is_set = True


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another of its name; `None` where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def _versions(folder: Path) -> dict[Path, tuple[int, ...]]:
    """Return what changes with each change, for each digest of a folder; `()` for what is shut."""
    versions: dict[Path, tuple[int, ...]] = {}

    def cannot(path: Path, error: OSError) -> None:
        # What went away in the meantime is not there to be read.
        if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            versions[path] = ()

    for parent, subfolders, files in os.walk(
        folder, onerror=lambda error: cannot(Path(error.filename), error)
    ):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in files:
            if name.startswith(".") or not name.lower().endswith(".md"):
                continue
            path = Path(parent, name)
            try:
                status = path.stat()
            except OSError as error:
                cannot(path, error)
                continue
            if stat.S_ISREG(status.st_mode):
                versions[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return versions
