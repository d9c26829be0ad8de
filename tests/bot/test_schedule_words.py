"""What `/schedule add` and `/schedule edit` call the values of their options."""

from typing import Any

from bot_fixture import BotFixture, shown

from bot.sandbox import Permission, Person
from storage import schedules


async def test_zones_are_offered_with_their_cities_likely_ones_first(fixture: BotFixture) -> None:
    async def offered(person: Person, typed: str = "") -> list[Any]:
        found = await person.autocomplete("schedule add", "timezone", typed, force=True)
        return [choice["name"] for choice in found]

    assert (await offered(fixture.admin, "chic"))[0] == "Chicago (America/Chicago)"
    assert (await offered(fixture.korean))[:2] == ["서울 (Asia/Seoul)", "도쿄 (Asia/Tokyo)"]
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Berlin")
    assert (await offered(fixture.admin))[0] == "Berlin (Europe/Berlin)"
    assert (await offered(fixture.korean))[:2] == ["베를린 (Europe/Berlin)", "서울 (Asia/Seoul)"]
    assert len(set(await offered(fixture.admin))) == len(await offered(fixture.admin))


async def test_an_edit_is_answered_in_the_words_of_people(fixture: BotFixture) -> None:
    fixture.guild.set_roles(
        fixture.korean, (fixture.guild.add_role("boss", Permission.MANAGE_GUILD),)
    )
    await fixture.admin.slash("schedule add", channel=fixture.general, timezone="Seoul")
    (stored,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    schedule = f"schedule:{stored.id}"
    edited = await fixture.admin.slash(
        "schedule edit", schedule=schedule, timezone="Berlin", days="mon,wed", catch_up=0
    )
    lines = shown(edited).content.splitlines()
    assert "Time zone: Seoul → **Berlin**" in lines
    assert "Days: weekdays → **Mon, Wed**" in lines
    assert "Late posts: up to 24 hours → **never**" in lines
    again = await fixture.korean.slash(
        "자동게시 수정",
        fixture.general,
        {"자동게시": schedule, "시간대": "서울", "요일": "매일", "최대지연": 1, "언어": "한국어"},
    )
    lines = shown(again).content.splitlines()
    assert "시간대: 베를린 → **서울**" in lines
    assert "요일: 월, 수요일 → **매일**" in lines
    assert "늦은 게시: 안 함 → **최대 1시간**" in lines
    assert "언어: English → **한국어**" in lines
