"""The records that all packages share: frozen dataclasses and enums without I/O."""

from storage.records.arxiv_ids import (
    arxiv_id_in,
    arxiv_ids_in,
    mistaken_id_in,
)
from storage.records.deliveries import (
    Delivery,
    DeliveryOutcome,
    Part,
    PartState,
    Plan,
    StoredMessage,
)
from storage.records.guild_log import (
    LogEntry,
    LogKind,
    NewLogEntry,
)
from storage.records.history import (
    Event,
    NewEvent,
    Outcome,
)
from storage.records.jobs import (
    Job,
)
from storage.records.papers import (
    MOST_VOTES,
    Basis,
    Details,
    Digest,
    Media,
    MediaKind,
    Paper,
    Section,
    Text,
)
from storage.records.personal import (
    PersonalSummary,
)
from storage.records.reasons import (
    Reason,
)
from storage.records.schedules import (
    EVERY_DAY,
    Frequency,
    Layout,
    NewSchedule,
    Schedule,
    ScheduleEdit,
    ScheduleRestore,
    ScheduleSettings,
)
from storage.records.sources import (
    FILES,
    SourceDay,
    SourceKind,
    SourceList,
    SourceState,
    Trouble,
    model_of,
    source_of_model,
)
from storage.records.status import (
    Check,
    NextPost,
    PausedSchedule,
    SourceLine,
    Status,
    StoredStatus,
    VectorCounts,
)
from storage.records.stored_papers import (
    Change,
    KnownPaper,
    ListedDigest,
    ListedPaper,
    PaperName,
    Ranking,
    Reading,
    SavedPaper,
    StoredDigest,
    UnlistedPaper,
    newest_votes_time,
    votes_time,
)
from storage.records.trends import (
    RisingTerm,
    Span,
    TopPaper,
    Trends,
)
from storage.records.usage import (
    Usage,
    WeekUsage,
)

__all__ = [
    "EVERY_DAY",
    "FILES",
    "MOST_VOTES",
    "Basis",
    "Change",
    "Check",
    "Delivery",
    "DeliveryOutcome",
    "Details",
    "Digest",
    "Event",
    "Frequency",
    "Job",
    "KnownPaper",
    "Layout",
    "ListedDigest",
    "ListedPaper",
    "LogEntry",
    "LogKind",
    "Media",
    "MediaKind",
    "NewEvent",
    "NewLogEntry",
    "NewSchedule",
    "NextPost",
    "Outcome",
    "Paper",
    "PaperName",
    "Part",
    "PartState",
    "PausedSchedule",
    "PersonalSummary",
    "Plan",
    "Ranking",
    "Reading",
    "Reason",
    "RisingTerm",
    "SavedPaper",
    "Schedule",
    "ScheduleEdit",
    "ScheduleRestore",
    "ScheduleSettings",
    "Section",
    "SourceDay",
    "SourceKind",
    "SourceLine",
    "SourceList",
    "SourceState",
    "Span",
    "Status",
    "StoredDigest",
    "StoredMessage",
    "StoredStatus",
    "Text",
    "TopPaper",
    "Trends",
    "Trouble",
    "UnlistedPaper",
    "Usage",
    "VectorCounts",
    "WeekUsage",
    "arxiv_id_in",
    "arxiv_ids_in",
    "mistaken_id_in",
    "model_of",
    "newest_votes_time",
    "source_of_model",
    "votes_time",
]
