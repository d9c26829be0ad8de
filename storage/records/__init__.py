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
)
from storage.records.trends import (
    RisingTerm,
    Span,
    TopPaper,
    Trends,
)

__all__ = [
    "EVERY_DAY",
    "FILES",
    "MOST_VOTES",
    "Basis",
    "Change",
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
    "Media",
    "MediaKind",
    "NewEvent",
    "NewSchedule",
    "Outcome",
    "Paper",
    "PaperName",
    "Part",
    "PartState",
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
    "SourceList",
    "SourceState",
    "Span",
    "StoredDigest",
    "StoredMessage",
    "Text",
    "TopPaper",
    "Trends",
    "Trouble",
    "UnlistedPaper",
    "arxiv_id_in",
    "arxiv_ids_in",
    "mistaken_id_in",
    "model_of",
    "source_of_model",
]
