"""Korean compounds in the words of a filter."""

import pytest
from storage_samples import NOW, digest, paper

from storage import digests
from storage.compounds import join_compounds
from storage.database import Database
from storage.records import Section


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("강화 학습", "강화학습"),
        ("강화 학습, LLM", "강화학습, LLM"),
        ("LLM、강화  학습；모델", "LLM、강화학습；모델"),
        ("로봇 강화 학습 모델", "로봇 강화학습 모델"),
        ('"강화 학습"', '"강화 학습"'),
        ("강화, 학습", "강화, 학습"),
        ("저자:강화 학습", "저자:강화 학습"),
        ("로봇 모델", "로봇 모델"),
        ("Reinforcement Learning", "Reinforcement Learning"),
        ("", ""),
    ],
)
async def test_words_of_a_known_compound_become_one(
    database: Database, typed: str, stored: str
) -> None:
    text = "강화 학습(Reinforcement Learning)으로 배운다."
    papers = [paper(number, sections=(Section(None, text),)) for number in (1, 2)]
    await digests.store(database, digest(*papers), read_at=NOW)
    assert await join_compounds(database, typed) == stored
