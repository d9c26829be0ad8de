"""The files of the container name what is there, and its lock file fits the project."""

import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "config" / "container"
CONTAINERFILE: Final = (FOLDER / "Containerfile").read_text("utf-8")
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS: Final = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "build-requirements.txt": PROJECT["build-system"]["requires"],
}
"""Each lock file, and what it locks."""


def locked(name: str) -> dict[str, tuple[Requirement, str]]:
    """Return the requirements of a lock file by name, each with the text of its entry."""
    text = (FOLDER / name).read_text("utf-8")
    entries = re.findall(r"^(\S+==[^\\\n]+?) \\\n((?:    --hash=.*\n)+)", text, re.MULTILINE)
    found = [(Requirement(text), hashes) for text, hashes in entries]
    return {canonicalize_name(each.name): (each, hashes) for each, hashes in found}


def pinned(requirement: Requirement) -> Version:
    (specifier,) = requirement.specifier
    assert specifier.operator == "=="
    return Version(specifier.version)


def applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def problems(name: str, wanted: list[str]) -> list[str]:
    """Return what a lock file lacks, or pins out of bounds, with all that its packages need.

    What a package needs is known of the version that is installed here, if that is the locked one.
    """
    lock = locked(name)
    found = []
    waiting, seen = [(Requirement(text), "pyproject.toml") for text in wanted], set[str]()
    while waiting:
        requirement, by = waiting.pop()
        if not applies(requirement):
            continue
        entry = lock.get(canonicalize_name(requirement.name))
        if entry is None:
            found.append(f"{requirement.name}, which {by} needs, is missing")
            continue
        pin = pinned(entry[0])
        if pin not in requirement.specifier:
            found.append(f"{requirement.name} is {pin}, and {by} needs {requirement.specifier}")
        if requirement.name in seen:
            continue
        seen.add(requirement.name)
        try:
            is_locked_version = Version(version(requirement.name)) == pin
        except PackageNotFoundError:
            continue
        if is_locked_version:
            needed = map(Requirement, requires(requirement.name) or ())
            waiting += [(each, requirement.name) for each in needed]
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_all_that_is_needed_within_its_bounds(name: str) -> None:
    assert not problems(name, LOCKS[name]), (
        f"make config/container/{name} anew; docs/contributing.md says how"
    )
    assert problems(name, [*LOCKS[name], "no-such-package>=1"])
    assert problems(name, ["packaging<1", "aiohttp<1"])


@pytest.mark.parametrize("name", LOCKS)
def test_each_entry_has_a_hash_and_no_line_names_a_registry(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len([line for line in lines if not line.startswith("    --hash=sha256:")]) == len(
        locked(name)
    )
    assert not re.search(r"://|--(index|extra-index|find-links|trusted)", text)


def test_what_is_copied_is_there_and_all_packages_are_copied() -> None:
    copied = [
        path
        for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE)
        for path in line.split()[:-1]
    ]
    assert all((ROOT / path).exists() for path in copied)
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= {*copied}
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= {*copied}


def test_it_does_not_run_as_root() -> None:
    (user,) = re.findall(r"^USER (\S+)$", CONTAINERFILE, re.MULTILINE)
    assert int(user) > 0
    assert f"--uid {user}" in CONTAINERFILE


@contextmanager
def serving(status: int) -> Iterator[int]:
    """Answer /healthz inside the context; the value is the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_asks_the_page_that_is_served(status: int, code: int) -> None:
    (port,) = re.findall(r"DAILY_PAPERS_HTTP_PORT=(\d+)", CONTAINERFILE)
    (command,) = re.findall(r"^ +CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    python, *arguments = json.loads(command)
    assert python == "python"
    with serving(status) as free_port:
        assert f":{port}/healthz" in arguments[-1]
        arguments[-1] = arguments[-1].replace(f":{port}/", f":{free_port}/")
        ended = subprocess.run(  # noqa: S603 - this interpreter, and the image's own line
            [sys.executable, *arguments], capture_output=True, check=False
        )
    assert ended.returncode == code


def test_compose_builds_this_image_with_two_lines_of_environment() -> None:
    text = (FOLDER / "compose.yaml").read_text("utf-8")
    (context,) = re.findall(r"^ +context: (\S+)$", text, re.MULTILINE)
    (file,) = re.findall(r"^ +dockerfile: (\S+)$", text, re.MULTILINE)
    assert (FOLDER / context / file).samefile(FOLDER / "Containerfile")
    assert re.findall(r"^ +(DAILY_PAPERS_\w+): ", text, re.MULTILINE) == [
        "DAILY_PAPERS_TOKEN",
        "DAILY_PAPERS_ABOUT_OPERATOR",
    ]
