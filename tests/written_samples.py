"""Texts of a language model to store; a test names only the fields it is about."""

from datetime import UTC, datetime

from storage import reports, written_texts
from storage.database import Database
from storage.records import Basis
from storage.written_texts import Sentence, UnknownPaperError, WrittenSection, WrittenText

MODEL = "small-model"
WRITTEN_AT = datetime(2025, 2, 22, 7, 0, tzinfo=UTC)


def written_text(arxiv_id: str = "2502.00001", **fields: object) -> WrittenText:
    given: dict[str, object] = {
        "language": "ko",
        "model": MODEL,
        "sections": (
            WrittenSection(
                "What's New",
                (
                    Sentence("새로운 방법을 제안합니다.", "We propose a new method"),
                    Sentence("과제 13개로 평가합니다.", "evaluate it on 13 tasks"),
                ),
            ),
            WrittenSection(
                "Performance Highlights",
                (Sentence("정확도는 95%입니다.", "reaches 95% accuracy"),),
            ),
        ),
        "basis": Basis.ABSTRACT,
        "basis_hash": "hash",
        "prompt_version": "1",
        "written_at": WRITTEN_AT,
    }
    return WrittenText(arxiv_id=arxiv_id, **(given | fields))  # type: ignore[arg-type]  # a test's


async def report(
    database: Database,
    arxiv_id: str,
    *,
    user_id: int = 1,
    reason: str = "wrong",
    at: datetime = WRITTEN_AT,
) -> int:
    """Report the Korean text of a paper that readers see; return the id of the report."""
    text = await written_texts.get(database, arxiv_id, "ko")
    if text is None:
        raise UnknownPaperError(arxiv_id)
    return await reports.add(database, text, user_id=user_id, reason=reason, at=at)
