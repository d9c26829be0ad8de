"""Read digests from files and store them; watch a folder for new ones; look up papers."""

from bot.ingest.read import files_in, ingest_files, ingest_text
from bot.ingest.report import IngestResult
from bot.ingest.watch import WatchedFolder, watch

__all__ = ["IngestResult", "WatchedFolder", "files_in", "ingest_files", "ingest_text", "watch"]
