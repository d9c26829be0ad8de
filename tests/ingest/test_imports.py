"""What ingesting imports: each module costs start-up time of a short command."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["discord", "aiohttp", "apscheduler", "fluent", "rich", "typer", "bot.sandbox"]
)
def test_ingest_does_not_import(module: str) -> None:
    code = f"import sys, bot.ingest, bot.ingest.lookup; sys.exit({module!r} in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - this interpreter
    assert result.returncode == 0
