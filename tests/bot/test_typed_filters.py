"""The words of a schedule's filter as people type them."""

from bot_fixture import READ_AT, BotFixture
from screens import open_screen
from storage_samples import digest, paper

from storage import digests, schedules
from storage.records import Section


async def test_the_words_of_a_known_korean_compound_are_one_term(own_bot: BotFixture) -> None:
    text = "강화 학습(Reinforcement Learning)으로 배운다."
    papers = [paper(number, sections=(Section(None, text),)) for number in (1, 2)]
    await digests.store(own_bot.database, digest(*papers), read_at=READ_AT)
    await own_bot.admin.slash(
        "schedule add", channel=own_bot.general, timezone="Seoul", include="강화 학습, LLM"
    )
    (schedule,) = await schedules.of_guild(own_bot.database, own_bot.guild.id)
    assert schedule.settings.include == "강화학습, LLM"
    chosen = f"schedule:{schedule.id}"
    await own_bot.admin.slash("schedule edit", schedule=chosen, exclude="강화 학습 조사")
    (schedule,) = await schedules.of_guild(own_bot.database, own_bot.guild.id)
    assert schedule.settings.exclude == "강화학습 조사"
    screen = await open_screen(own_bot.admin)
    await screen.fill_in("Keywords…", words="로봇 강화 학습", skipped='"강화 학습"')
    assert "로봇 강화학습" in screen.text
    assert '"강화 학습"' in screen.text
