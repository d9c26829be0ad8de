"""An installation from a wheel has everything, and works without the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import network_guard
import pytest
import typer

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "config", "storage")
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
DIGEST = """\
## Daily Papers (2025-02-21)

### [A Paper from a Wheel](https://arxiv.org/abs/2502.14499)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    ended = subprocess.run(  # noqa: S603 - this interpreter, and a program that stands above
        [sys.executable, "-c", BUILD, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / ended.stdout.split()[-1]


def test_a_wheel_has_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    assert {name for name in names if ".dist-info/" not in name} == wanted
    for pattern in (
        "*.ftl",
        "*.sql",
        "*.js",
        "*.json",
        "*.css",
        "*.html",
        "*.toml",
        "*.txt",
        "*.png",
    ):
        assert any(Path(name).match(pattern) for name in names), pattern


@dataclass
class Ended:
    """What came of a call of the installed program."""

    out: str
    err: str


@pytest.fixture
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ended]:
    """Calls the program of an environment with the wheel, and the packages that are here anyway."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(  # noqa: S603 - this interpreter's pip
        [
            *(sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install"),
            *("--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)),
        ],
        check=True,
    )
    (packages,) = folder.glob("[Ll]ib/**/site-packages")
    # A path in a .pth file is searched, but .pth files there, as of this checkout, aren't read.
    (packages / "others.pth").write_text(f"{Path(typer.__file__).parents[1]}\n")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DAILY_PAPERS_", "PYTHON"))
    }
    kept["PYTHONPATH"] = str(Path(network_guard.__file__).parent)
    work = tmp_path_factory.mktemp("work")

    def call(*arguments: str, stdin: str = "") -> Ended:
        ended = subprocess.run(  # noqa: S603 - the program that was installed
            [scripts / "daily-papers", *arguments],
            cwd=work,
            env=kept,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return Ended(ended.stdout, ended.stderr)

    return call


# One test, since each would need an environment of its own on another worker.
@pytest.mark.slow
def test_the_program_of_a_wheel_works_without_the_checkout(
    installed: Callable[..., Ended],
) -> None:
    assert installed("--version").out.startswith("daily-papers ")
    installed("ingest", "-", stdin=DIGEST)
    assert "A Paper from a Wheel" in installed("top").out
    assert "database: schema" in installed("--version", "--verbose").out
    assert "Set up automatic posts" in installed("demo", "--once").out
