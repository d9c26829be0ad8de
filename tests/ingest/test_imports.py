"""What ingesting imports: each module costs start-up time of a short command."""

import json
import subprocess
import sys

NOT_NEEDED = {"discord", "aiohttp", "apscheduler", "fluent", "rich", "typer", "bot.sandbox"}


def test_ingest_imports_nothing_of_the_bot_or_the_terminal() -> None:
    code = "import json, sys, bot.ingest, bot.ingest.lookup; print(json.dumps([*sys.modules]))"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603 - this interpreter
    modules = set(json.loads(result.stdout))
    assert "bot.ingest.lookup" in modules
    assert not modules & NOT_NEEDED
