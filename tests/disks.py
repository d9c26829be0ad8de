"""File systems that are full or read-only, for tests that run as root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest


class SmallDisk:
    """A file system of 2 MB in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Fill it, so that nothing more can be written."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (65_536, 1):
                try:
                    while True:
                        filler.write(b"\0" * size)
                except OSError:
                    continue

    def use_up_inodes(self) -> None:
        """Create files until no more can be created."""
        number = 0
        while True:
            try:
                (self.folder / f"{number}").touch()
            except OSError:
                return
            number += 1

    def make_room(self) -> None:
        """Delete what `fill` wrote."""
        self._filler.unlink()

    def make_read_only(self) -> None:
        """Remount it read-only; no file may be open for writing."""
        _run("mount", "-o", "remount,ro", str(self.folder))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Create a folder and mount a small disk there; skip the test if that isn't allowed."""
    folder.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", "size=2m,nr_inodes=100", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here (needs root and Linux)")
    try:
        yield SmallDisk(folder)
    finally:
        # Lazy, because a failed test may have left files open.
        _run("umount", "-l", str(folder))


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    """Make a folder that isn't in memory, where files that are open can't be made immutable."""
    with TemporaryDirectory(dir="/var/tmp") as name:
        yield Path(name)


@contextmanager
def immutable(*paths: Path) -> Iterator[None]:
    """Make files immutable, also for processes that have them open; skip if that isn't possible."""
    changed: list[Path] = []
    try:
        for path in paths:
            try:
                _run("chattr", "+i", str(path))
            except (OSError, subprocess.CalledProcessError):
                pytest.skip("files can't be made immutable here (needs root and ext4 or the like)")
            changed.append(path)
        yield
    finally:
        for path in changed:
            _run("chattr", "-i", str(path))


def look_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each disk look as it did before others used up its room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**40))


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found is None:
        raise FileNotFoundError(program)
    subprocess.run([found, *arguments], check=True, capture_output=True)  # noqa: S603 - tools of the system
