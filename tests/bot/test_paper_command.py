from dataclasses import replace
from datetime import timedelta

import pytest
from bot_fixture import EARLIER, LONG, READ_AT, BotFixture, actions_of, shown

from bot.ui.limits import CUT_MARK
from storage import digests


@pytest.mark.parametrize(
    "query",
    [
        "2502.14499",
        "2502.14499v2",
        "arXiv:2502.14499",
        "https://arxiv.org/abs/2502.14499",
        "http://www.arxiv.org/pdf/2502.14499v1.pdf",
        "https://huggingface.co/papers/2502.14499",
        "https://hf.co/papers/2502.14499?x=1",
        "MLGym framework",
        "mlgym: a new framework and benchmark for advancing ai research agents",
    ],
)
async def test_a_paper_is_found_by_id_link_or_title(fixture: BotFixture, query: str) -> None:
    interaction = await fixture.member.slash("paper", query=query)
    (embed,) = shown(interaction).embeds
    assert embed["url"] == "https://arxiv.org/abs/2502.14499"
    assert not interaction.ephemeral


async def test_the_answer_is_an_embed_with_links(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("paper", query="2502.14499"))
    (embed,) = message.embeds
    assert embed["title"].startswith("MLGym: A New Framework")
    assert embed["author"]["name"] == "▲ 121 · #1 on Feb 21, 2025"
    # Its only picture is a card for social networks.
    assert "image" not in embed
    assert "What's New (Korean)" in [field["name"] for field in embed["fields"]]
    (links,) = [field["value"] for field in embed["fields"] if field["name"] == "Links"]
    assert links.startswith("[arXiv](https://arxiv.org/abs/2502.14499) · [PDF](")
    assert "[Hugging Face](https://huggingface.co/papers/2502.14499)" in links


async def test_many_authors_are_counted(fixture: BotFixture) -> None:
    (embed,) = shown(await fixture.member.slash("paper", query="2502.14739")).embeds
    (authors,) = [field["value"] for field in embed["fields"] if field["name"] == "Authors"]
    assert authors.endswith(" others")
    assert "first" not in str(embed).casefold()


async def test_korean_users_get_korean_answers(fixture: BotFixture) -> None:
    (embed,) = shown(await fixture.korean.slash("논문", 검색어="2502.14499")).embeds
    assert embed["author"]["name"] == "▲ 121 · 2025년 2월 21일 1위"
    assert "새로운 점" in [field["name"] for field in embed["fields"]]


async def test_long_texts_are_cut_at_a_sentence_and_a_button_shows_the_whole(
    fixture: BotFixture,
) -> None:
    message = shown(await fixture.member.slash("paper", query="2502.00001"))
    (embed,) = message.embeds
    values = [field["value"] for field in embed["fields"]]
    assert any(value.endswith("goes on." + CUT_MARK) for value in values)
    whole = await fixture.korean.press(message, "Full summary")
    assert whole.ephemeral
    texts = [shown(whole).embeds[0]["description"]]
    while "Author 399" not in texts[-1]:
        followup = await whole.followup(len(texts))
        assert followup.only_for == fixture.korean.id
        texts.append(followup.embeds[0]["description"])
    assert " ".join(texts).count("A sentence that goes on.") == 120


async def test_texts_too_long_for_messages_are_sent_as_a_file(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("paper", query="2502.00002"))
    whole = await fixture.member.press(message, "Full summary")
    (file,) = shown(whole).attachments
    assert file.filename == "2502.00002.md"
    assert file.content.decode().count("word") == 20_000
    assert whole.ephemeral


async def test_hostile_text_notifies_nobody_and_hides_nothing(fixture: BotFixture) -> None:
    message = shown(await fixture.member.slash("paper", query="2502.00003"))
    assert not message.pings
    (embed,) = message.embeds
    assert "\u202e" not in str(embed)
    assert "](" not in str([field for field in embed["fields"] if field["name"] != "Links"])
    assert "@everyone" not in embed["title"]


async def test_an_unknown_id_is_answered_in_private_with_similar_ids_and_a_link(
    fixture: BotFixture,
) -> None:
    interaction = await fixture.member.slash("paper", query="2502.14498")
    assert interaction.ephemeral
    assert "2502.14498" in shown(interaction).content
    link, menu = shown(interaction).controls
    assert link["url"] == "https://arxiv.org/abs/2502.14498"
    assert "2502.14499" in [option["value"] for option in menu["options"]]
    chosen = await fixture.member.choose(shown(interaction), "2502.14499")
    followup = await chosen.followup()
    assert followup.embeds[0]["url"] == "https://arxiv.org/abs/2502.14499"
    assert followup.only_for is None
    assert not shown(interaction).controls


async def test_several_matches_are_listed_in_private_above_a_menu(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("paper", query="a study")
    assert interaction.ephemeral
    (menu,) = shown(interaction).controls
    assert [o["value"] for o in menu["options"]] == ["2502.00001", "2502.00002"]
    assert shown(interaction).content.splitlines() == [
        "Found 2 papers. Which one?",
        "1\\. A Long Study of Everything · ▲ 7 · Feb 19, 2025",
        "2\\. A Study Without End · ▲ 6 · Feb 19, 2025",
    ]


@pytest.mark.parametrize("query", ["2502.14499", "2502.00001"])
async def test_a_private_answer_is_seen_by_nobody_else(fixture: BotFixture, query: str) -> None:
    interaction = await fixture.korean.slash("논문", 검색어=query, 비공개=True)
    assert interaction.ephemeral
    assert shown(interaction).embeds[0]["url"].endswith(query)
    assert "채널에 공유" in actions_of(shown(interaction))
    assert "토론하기" not in actions_of(shown(interaction))
    assert not fixture.general.messages


async def test_what_is_chosen_from_a_private_search_stays_private(fixture: BotFixture) -> None:
    for query in ("a study", "sentence goes", "2502.00009"):
        interaction = await fixture.member.slash("paper", query=query, private=True)
        assert interaction.ephemeral
        chosen = await fixture.member.choose(shown(interaction), "2502.00001")
        assert chosen.ephemeral
        assert shown(chosen).embeds[0]["url"].endswith("2502.00001")
    assert not fixture.general.messages
    public = await fixture.member.slash("paper", query="a study")
    chosen = await fixture.member.choose(shown(public), "2502.00001")
    card = await chosen.followup()
    assert card.only_for is None
    assert actions_of(card) == ["Full summary", "Discuss", "Save", "Similar", "Cite"]


async def test_words_not_found_in_titles_are_searched_in_the_texts(fixture: BotFixture) -> None:
    interaction = await fixture.member.slash("paper", query="sentence goes")
    assert interaction.ephemeral
    (menu,) = shown(interaction).controls
    assert [o["value"] for o in menu["options"]] == ["2502.00001"]


@pytest.mark.parametrize("query", ['"', "NEAR(", "* OR -", "@everyone <@1>", "\u202e", "a" * 6000])
async def test_any_input_is_answered(fixture: BotFixture, query: str) -> None:
    interaction = await fixture.member.slash("paper", query=query)
    assert interaction.ephemeral or shown(interaction).embeds
    assert not shown(interaction).pings


async def test_autocomplete_offers_papers(fixture: BotFixture) -> None:
    everything = await fixture.member.autocomplete("paper", "query", "")
    assert everything[0]["value"] == "2502.14499"
    assert len(everything) == 25
    by_id = await fixture.member.autocomplete("paper", "query", "2502.1449")
    assert [choice["value"] for choice in by_id] == ["2502.14499"]
    by_words = await fixture.member.autocomplete("paper", "query", "MLG")
    assert [choice["value"] for choice in by_words] == ["2502.14499"]
    assert await fixture.member.autocomplete("paper", "query", '"*(') == []


async def test_paper_works_in_direct_messages_and_as_a_user_install(
    fixture: BotFixture,
) -> None:
    stranger, channel = fixture.add_stranger()
    stranger.channel = fixture.sandbox.dm(stranger)
    interaction = await stranger.slash("paper", query="hep-th/9901001")
    assert shown(interaction).embeds[0]["author"]["name"].startswith("Upvotes unknown")
    stranger.channel = channel
    assert shown(await stranger.slash("paper", query="2502.14499")).embeds


async def test_the_answer_shows_how_votes_grew_and_a_post_does_not(own_bot: BotFixture) -> None:
    first = shown(await own_bot.member.slash("paper", query="2502.00001"))
    assert "Upvotes over time" not in [field["name"] for field in first.embeds[0]["fields"]]
    grown = replace(LONG, votes=19)
    tomorrow = READ_AT + timedelta(days=1)
    await digests.store(own_bot.database, replace(EARLIER, papers=(grown,)), read_at=tomorrow)
    await own_bot.app.move_clock(tomorrow)
    (embed,) = shown(await own_bot.member.slash("paper", query="2502.00001")).embeds
    (growth,) = [f["value"] for f in embed["fields"] if f["name"] == "Upvotes over time"]
    assert growth == "▁█ ▲ 19\n+12 since yesterday · +12 since Feb 21, 2025"
    # A day later nothing is known about the day, though nothing in the database has changed.
    await own_bot.app.move_clock(tomorrow + timedelta(days=1))
    (embed,) = shown(await own_bot.korean.slash("논문", 검색어="2502.00001")).embeds
    (growth,) = [f["value"] for f in embed["fields"] if f["name"] == "추천 수 변화"]
    assert growth == "▁█ ▲ 19\n2025년 2월 21일부터 +12"
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    await own_bot.admin.slash("schedule post", schedule="schedule:1")
    assert "Upvotes over time" not in str(
        [message.embeds for message in own_bot.general.messages[2:]]
    )


@pytest.mark.parametrize("query", ["2513.12345", "https://arxiv.org/abs/2513.12345v2"])
async def test_an_id_with_a_thirteenth_month_is_said_to_be_none(
    fixture: BotFixture, query: str
) -> None:
    answer = await fixture.member.slash("paper", query=query)
    assert answer.ephemeral
    assert shown(answer).content.startswith("**2513.12345** isn't an arXiv ID.")
    korean = await fixture.korean.slash("논문", 검색어=query)
    assert "arXiv 번호가 아닙니다" in shown(korean).content
