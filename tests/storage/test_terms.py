"""Terms of Korean digests: how they are recognised and counted."""

import asyncio
from datetime import timedelta

import pytest
from storage_samples import DAY, NOW, digest, paper
from written_samples import MODEL, written_text

from storage import digests, key_value, terms, written_texts
from storage.database import Database
from storage.records import Section
from storage.terms import pairs_in
from storage.written_texts import Sentence, WrittenSection


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화 학습(Reinforcement Learning)", [("Reinforcement Learning", "강화 학습")]),
        ("우리는 벤치마크(benchmark)를", [("benchmark", "벤치마크")]),
        ("대규모 언어 모델(LLMs)", [("LLMs", "대규모 언어 모델")]),
        ("**강화 학습**(RL)", [("RL", "강화 학습")]),
        ("모델의 정확도(test accuracy)", [("test accuracy", "정확도")]),
        ("사고의 연쇄(Chain-of-Thought)", [("Chain-of-Thought", "연쇄")]),
        ("조정(finetuning)", [("finetuning", "조정")]),
        ("미세 조정(finetuning)", [("finetuning", "조정"), ("finetuning", "미세 조정")]),
        ("모델을 미세 조정(fine-tuning)", [("fine-tuning", "미세 조정")]),
        (
            "신경 지도(Neural Map; NM)",
            [("Neural Map", "신경 지도"), ("NM", "신경 지도")],
        ),
        ("신경 지도(neural maps, NMs)", [("neural maps", "신경 지도"), ("NMs", "신경 지도")]),
        ("신경 지도(NM: Neural Map)", [("Neural Map", "신경 지도"), ("NM", "신경 지도")]),
        ("신경 지도(Neural Map; GAN)", []),
        ("지도(red maps, blue maps)", []),
        ("지도(Kim et al., 2023)", []),
        ("지도(MAP, GPS, GIS)", []),
        ("평가 (evaluation)", []),
        ("BERT(Devlin)", []),
        ("모델(2024)", []),
        ("모델(https://example.org)", []),
        ("(alone)", []),
        ("모델(모델)", []),
    ],
)
def test_terms_are_pairs_of_a_korean_and_an_english_form(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert list(pairs_in(text)) == expected


async def store(database: Database, number: int, body: str, *, days: int = 0) -> None:
    listed = digest(
        paper(number, sections=(Section("What's New", body),)), day=DAY + timedelta(days=days)
    )
    await digests.store(database, listed, read_at=NOW + timedelta(days=days))


async def forms(database: Database, *english: str, least: int = 1) -> dict[str, str]:
    return await terms.korean_forms(database, english, least=least)


async def test_the_form_that_most_texts_have_is_used_in_any_case(database: Database) -> None:
    await store(database, 1, "강화학습(Reinforcement Learning)을 씁니다.")
    await store(database, 2, "강화 학습(reinforcement learning)을 씁니다.")
    await store(database, 3, "강화 학습(Reinforcement learning), 강화 학습(Reinforcement Learning)")
    assert await forms(database, "REINFORCEMENT LEARNING", "unknown") == {
        "reinforcement learning": "강화 학습"
    }
    assert await forms(database, "reinforcement learning", least=3) == {}


async def test_a_pair_that_one_text_repeats_is_not_known(database: Database) -> None:
    await store(database, 1, "정렬(scheme), 정렬(scheme)과 정렬(scheme)")
    assert await forms(database, "scheme", least=2) == {}


async def test_a_word_before_belongs_to_a_term_if_most_texts_have_it(database: Database) -> None:
    await store(database, 1, "미세 조정(finetuning)을 씁니다. 빠른 학습(training)이다.")
    await store(database, 2, "미세 조정(finetuning)도 씁니다. 느린 학습(training)이다.", days=1)
    assert await forms(database, "finetuning", "training", least=2) == {
        "finetuning": "미세 조정",
        "training": "학습",
    }
    for number in (3, 4):
        await store(database, number, "조정(finetuning)", days=number)
    assert (await forms(database, "finetuning"))["finetuning"] == "조정"


async def test_a_text_that_is_replaced_is_not_counted_twice(database: Database) -> None:
    await store(database, 1, "주의(attention) 주의(attention)")
    await store(database, 1, "어텐션(attention)을 씁니다.", days=1)
    assert await forms(database, "attention") == {"attention": "어텐션"}
    rows = await database.read("SELECT korean, count FROM terms")
    assert [tuple(row) for row in rows] == [("어텐션", 1)]


async def test_reading_a_file_again_changes_no_count(database: Database) -> None:
    for _ in range(2):
        await store(database, 1, "주의(attention)를 씁니다.")
    assert await forms(database, "attention", least=2) == {}


async def test_texts_of_models_are_not_counted(database: Database) -> None:
    await digests.store(database, digest(paper(1, sections=())), read_at=NOW)
    await written_texts.configure(database, MODEL)
    section = WrittenSection("What's New", (Sentence("집중(attention)입니다.", "attention here"),))
    await written_texts.store(database, written_text(sections=(section,)))
    await terms.count_older(database)
    assert await forms(database, "attention") == {}


async def test_texts_are_counted_anew_once_after_the_rule_changed(database: Database) -> None:
    for number in range(1, 4):
        await store(database, number, "어텐션(attention)과 손실(loss)을 씁니다.")
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM text_terms WHERE text_id < 3")
        await writer.execute(
            "INSERT INTO text_terms (text_id, english, korean, count) VALUES (3, 'loss', '을', 7)"
        )
        await key_value.put_in(writer, "terms", "counted")
    assert await forms(database, "attention", least=2) == {}
    await asyncio.gather(terms.count_older(database), terms.count_older(database))
    rows = await database.read("SELECT english, korean, count FROM terms ORDER BY english")
    assert [tuple(row) for row in rows] == [("attention", "어텐션", 3), ("loss", "손실", 3)]
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM text_terms")
    await terms.count_older(database)
    assert await forms(database, "attention") == {}
