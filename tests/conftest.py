"""What several folders of tests share."""

import ctypes
import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from math import ceil
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import disks
import examples
import forked_process
import network_guard
import pytest
from _pytest.pathlib import import_path
from _pytest.runner import runtestprotocol
from contract import Contract
from xdist.scheduler import LoadGroupScheduling

from bot.sandbox import Limits, Sandbox
from storage import migrations

OPENAPI = "DAILY_PAPERS_TEST_OPENAPI"
"""The environment variable that names Discord's OpenAPI document."""
DIGESTS = "DAILY_PAPERS_TEST_DIGESTS"
"""The environment variable that names a folder of real digests, YYYY/MM/DD.md."""

# Write bytecode, even where Python is told not to, as in many containers: each worker and each
# process that a test starts would compile the same modules anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# SQLite waits for a disk at each commit, and for none that is in memory. Some containers have 64 MB
# there.
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
_ROOM: Final = 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# Modules and collected tests stay until the end: the garbage collector would only go through them
# again and again, a fifth of the time until the first test.
gc.disable()

examples.register_profiles()
forked_process.share_server()
network_guard.install(ends_process=False)


@pytest.fixture(autouse=True, scope="session")
def no_network_for_child_processes() -> None:
    """Guard child processes that inherit the environment; workers of xdist started before."""
    os.environ["PYTHONPATH"] = network_guard.GUARDED_PATH


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even if what it ran handled the error."""
    yield
    attempts, network_guard.attempts[:] = network_guard.attempts[:], []
    assert not attempts, f"tests may not reach the network: {attempts}"


def pytest_xdist_auto_num_workers() -> int | None:
    """Run five workers per two cores with `-n auto`: tests also wait, as for time-outs.

    `PYTEST_XDIST_AUTO_NUM_WORKERS` says otherwise, as it does without this.
    """
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    is_known = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if is_known else os.cpu_count() or 1
    return ceil(2.5 * cores)


def pytest_xdist_setupnodes() -> None:
    """Keep the garbage collector from what the main process has imported, also at its end."""
    gc.freeze()


class _Scheduling(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """Forgets what a worker has done; xdist would count it again after each test."""

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:  # noqa: ANN401 - as above
        super().mark_test_complete(node, item_index, duration)
        given = self.assigned_work[node]
        for group in [group for group, tests in given.items() if all(tests.values())]:
            del given[group]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Scheduling | None:  # noqa: ANN401 - as above
    """Give out tests as `--dist loadgroup` does."""
    return _Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test as pytest does; a worker leaves out reports of fixtures without an error.

    These are two of three reports, which xdist takes long to send and to read, and they are shown
    only as `--durations`.
    """
    if not hasattr(item.config, "workerinput") or item.config.getoption("durations"):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_collection(session: pytest.Session) -> None:
    """Import the test modules of a whole run, each worker from another one on.

    pytest compiles a module with its asserts rewritten, and keeps that in a file. In a fresh copy
    of the project all workers would compile all modules at the same time; so they share the work.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    paths = sorted(Path(__file__).parent.rglob("test_*.py"))
    first = len(paths) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for path in (*paths[first:], *paths[:first]):
        try:
            # As pytest does later, which then finds the module in `sys.modules`.
            import_path(
                path,
                mode=session.config.getoption("importmode"),
                root=session.config.rootpath,
                consider_namespace_packages=False,
            )
        except Exception:  # noqa: BLE001 - pytest imports the module again, and reports the error
            for name, module in [*sys.modules.items()]:
                if getattr(module, "__file__", None) == str(path):
                    del sys.modules[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the slow tests over the run, so that at any time some wait while others compute.

    Those with a browser come first: one worker takes dozens of them, which share it. The slowest of
    all, which are those outside the folders, come before the other slow ones.
    """
    browser = [item for item in items if item.path.parent.name == "page"]
    others = [item for item in items if item.path.parent.name != "page"]
    slow = [item for item in reversed(others) if item.get_closest_marker("slow")]
    quick = [item for item in others if not item.get_closest_marker("slow")]
    # How much of its kind comes before a test, from 0 to 1. None of the slow ones is the last.
    placed = [(0.9 * n / len(slow), item) for n, item in enumerate(slow)]
    placed += [(n / len(quick), item) for n, item in enumerate(quick)]
    items[:] = [*browser, *(item for _, item in sorted(placed, key=itemgetter(0)))]


def pytest_collection_finish() -> None:
    """Collect garbage from now on, less often than Python does, and none of what stays."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new database's file: to copy it is quicker than to make one for each test."""
    path = tmp_path_factory.mktemp("new") / "papers.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(connection, migrations.load(), path=path)
    return path.read_bytes()


@pytest.fixture(scope="session")
def digests_folder() -> Path:
    """The folder of real digests; a test that wants it is skipped where there is none."""
    folder = os.environ.get(DIGESTS)
    if not folder:
        pytest.skip(f"{DIGESTS} names no folder of digests")
    return Path(folder)


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    """Discord's OpenAPI document; `None` where it is not at hand.

    Tests that only add the check run without it; one test in `tests/sandbox/test_openapi_contract`
    is skipped then, so that its absence is reported.
    """
    path = os.environ.get(OPENAPI)
    return Contract.read(Path(path)) if path and Path(path).is_file() else None


@pytest.fixture(scope="session", autouse=True)
def check_requests(contract: Contract | None) -> Iterator[None]:
    """Hold what each sandbox accepted against Discord's OpenAPI document, when it stops."""

    def check(sandbox: Sandbox) -> None:
        assert contract is None or not (problems := contract.request_problems(sandbox)), problems

    Sandbox.stop_checks.append(check)
    yield
    Sandbox.stop_checks.remove(check)


@pytest.fixture
def lock() -> Iterator[Callable[[Path, int], None]]:
    """Sets what may be done with a file or a folder, for root too, while the test runs."""
    modes: dict[Path, int] = {}

    def lock(path: Path, mode: int = 0) -> None:
        modes[path] = path.stat().st_mode
        path.chmod(mode)

    with _without_roots_rights():
        yield lock
        for path, mode in reversed(modes.items()):
            path.chmod(mode)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[disks.SmallDisk]:
    """A disk of 2 MB; the test is skipped where none can be mounted."""
    with disks.small_disk(tmp_path / "small") as disk:
        yield disk


@contextmanager
def _without_roots_rights() -> Iterator[None]:
    """Take root's right to read and write any file from this thread, and those it starts."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "capset"):
        pytest.skip("root's rights can't be taken away here")
    # Version 3, this thread; then effective, permitted and inheritable, each in two words.
    # https://man7.org/linux/man-pages/man2/capget.2.html
    header, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, rights) == 0
    before = rights[0]
    rights[0] &= ~(1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(header, rights) == 0
    yield
    rights[0] = before
    assert libc.capset(header, rights) == 0


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Discord with nothing in it, and without rate limits: those take real seconds."""
    async with Sandbox(limits=Limits.off()) as sandbox:
        yield sandbox
