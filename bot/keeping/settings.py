"""Settings of how long data is kept, and where copies go."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingSettings:
    """Copies and limits of the database."""

    backup_folder: Path | None = None
    """Where a copy is made every day; `None` for nowhere."""
    backups: int = 7
    """How many copies there are at most."""
    history_days: int | None = None
    """How long posts are remembered, with their history; `None` forever."""
    usage_weeks: int = 53
    """How long it is remembered how much was read; 0 if it isn't counted."""
    left_server_days: int | None = 30
    """How long the data of a server is kept that removed the bot; `None` forever."""
