"""The command `ingest`."""

import gc
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.cli.execution import run_command
from bot.cli.exit_codes import FAILURE, CommandError
from bot.cli.ingest_report import progress, summary
from bot.cli.options import OptionError, examples
from bot.cli.streams import clean_line, print_lines
from bot.cli.usage import Command
from bot.clock import Clock
from bot.digest import ProblemKind
from bot.digest.source import MAX_BYTES
from bot.ingest import IngestResult, files_in, ingest_files, ingest_text
from config.settings import Settings
from storage.database import Database

commands = typer.Typer(rich_markup_mode=None)

_STDIN: Final = Path("-")
_CHUNK_BYTES: Final = 65_536
_GC_THRESHOLD: Final = 100_000
"""New objects between two garbage collections, where Python's default is 700."""
_PAPER_SKIPPED: Final = {
    ProblemKind.DATE_UNREADABLE,
    ProblemKind.PAPER_UNREADABLE,
    ProblemKind.PAPER_UNDATED,
}
"""Problems for which a paper was skipped. The others cost a detail of one, and are no failure."""


def _check_paths(paths: list[Path]) -> list[Path]:
    """Check that the paths exist. Typer's own check takes “-” for a file."""
    for path in paths:
        if path == _STDIN:
            continue
        name = clean_line(str(path))
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise OptionError(f"{name}: no such file or folder.") from None
        except OSError as error:
            raise OptionError(f"{name}: can't be read: {error.strerror}.") from None
    return paths


@commands.command(
    cls=Command,
    short_help="Store digests.",
    epilog=examples(
        "ingest digests/", "ingest 2025-02-21.md 2025-02-24.md", "ingest - < 2025-02-21.md"
    ),
)
def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            callback=_check_paths,
            help="Files, folders with their subfolders (every .md file), or - for stdin.",
        ),
    ],
) -> None:
    """Store digests. Storing them again changes nothing.

    Problems are printed to stderr as “file:line: kind: message”; everything else is stored.
    """

    def work(settings: Settings) -> Coroutine[Any, Any, int]:
        # Read before there is an event loop, which would hear Ctrl-C only at the input's end.
        piped = {path: _read_pipe(path) for path in paths if _is_pipe(path)}
        return _ingest(settings, [path for path in paths if path not in piped], piped)

    run_command(context, work)


def _is_pipe(path: Path) -> bool:
    """Return whether reading may have to wait for a writer: stdin, a FIFO."""
    return path == _STDIN or not (path.is_file() or path.is_dir())


def _read_pipe(path: Path) -> bytes | str:
    """Return the bytes of a pipe, or as many as show that it is too large.

    Returns text if it can't be read: the reason, as in `IngestResult.refused`.
    """
    if path == _STDIN and sys.stdin is None:
        return "is closed"
    data = bytearray()
    try:
        with nullcontext(sys.stdin.buffer) if path == _STDIN else path.open("rb") as stream:
            # In chunks, because Ctrl-C is heard in between.
            while len(data) <= MAX_BYTES and (chunk := stream.read(_CHUNK_BYTES)):
                data += chunk
    except OSError as error:
        return f"can't be read: {error.strerror or error}"
    return bytes(data)


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Collect garbage seldom: digests hold no reference cycles, and looking for some takes time."""
    before = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


async def _ingest(
    settings: Settings, paths: Sequence[Path], piped: Mapping[Path, bytes | str]
) -> int:
    files = files_in(paths)
    if not piped and not files:
        raise CommandError(f"{', '.join(map(str, paths))}: no .md files there.")
    now = Clock().now()
    results: list[IngestResult] = []
    async with await Database.open(settings.database) as database:
        with _rare_garbage_collection(), progress(len(files) + len(piped)) as show_result:
            for path, data in piped.items():
                name = str(path)
                if isinstance(data, str):
                    results.append(IngestResult(name, refused=data))
                else:
                    results.append(await ingest_text(database, data, path=name, read_at=now))
                show_result(results[-1])
            async with aclosing(ingest_files(database, files, read_at=now)) as ingested:
                async for result in ingested:
                    results.append(result)
                    show_result(result)
    print_lines([summary(results)])
    is_incomplete = any(p.kind in _PAPER_SKIPPED for result in results for p in result.problems)
    return FAILURE if is_incomplete or any(result.refused for result in results) else 0
