"""`/metrics` follows Prometheus' conventions, counts what happens, and names nobody."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest
from health_questions import ask
from posting_fixture import MORNING, PostingFixture
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from bot.health.routes import answered_interaction, name_of

OWN: Final = "daily_papers_"
UNITS: Final = ("_seconds", "_bytes")
OPERATING: Final = Path(__file__).parents[2] / "docs" / "operating.md"


async def families(app: App) -> dict[str, Metric]:
    """Return the metrics by name."""
    status, text = await ask(app, "/metrics")
    assert status == 200
    found = list(text_string_to_metric_families(text))
    names = [family.name for family in found]
    assert len(names) == len(set(names))
    return {family.name: family for family in found}


def values(family: Metric, sample: str = "") -> dict[tuple[str, ...], float]:
    """Return the values of a metric by those of its labels, in the order of the labels' names."""
    return {
        tuple(value for _, value in sorted(each.labels.items())): each.value
        for each in family.samples
        if each.name.endswith(sample)
    }


def problems(found: Iterable[Metric]) -> list[str]:
    """Return what is against Prometheus' conventions, as `promtool check metrics` does."""
    wrong = []
    for family in found:
        name = family.name
        if not family.documentation:
            wrong.append(f"{name} has no help")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or "__" in name:
            wrong.append(f"{name} is no good name")
        if family.type == "unknown":
            wrong.append(f"{name} has no type")
        if name.endswith(("_total", "_count", "_sum", "_bucket")) and family.type != "counter":
            wrong.append(f"{name} has the suffix of another type")
        if re.search(r"_(ms|milliseconds|minutes|hours|kb|mb|kilobytes)\b", name):
            wrong.append(f"{name} is not in a base unit")
        for sample in family.samples:
            if family.type == "counter" and not sample.name.endswith("_total"):
                wrong.append(f"{sample.name} is a counter without _total")
            # Prometheus itself adds these.
            if {"job", "instance"} & set(sample.labels):
                wrong.append(f"{name} has a label of Prometheus' own")
    return wrong


async def test_a_morning_is_counted(posting: PostingFixture) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    await posting.schedule(posting.channel("filtered"), include="nowhere")
    await posting.store()
    async with posting.running() as app:
        await posting.sandbox.world.owner.slash("help", channel)
        await posting.wait_for(MORNING)
        posts = values((found := await families(app))["daily_papers_posts"])
        assert posts["posted",] == 1
        assert posts["filtered_out",] == 1
        assert posts["given_up",] == 0
        attempts = values(found["daily_papers_job_attempts"])
        assert attempts["occurrence", "done"] == 2
        assert attempts["delivery", "done"] == 1
        requests = values(found["daily_papers_discord_requests"])
        assert requests["POST", "/channels/{id}/messages", "200"] == 1
        assert requests["GET", "/gateway/bot", "200"] >= 1
        assert requests["PUT", "/applications/{id}/commands", "200"] == 1
        assert not [labels for labels in requests if labels[1] == "other" or labels[2] == "101"]
        assert values(found["daily_papers_interactions"]) == {("help", "application_command"): 1}
        answers = values(found["daily_papers_interaction_response_seconds"], "_count")
        assert answers == {("help", "application_command"): 1}
        assert values(found["daily_papers_database_size_bytes"])[()] > 4096
        checks = values(found["daily_papers_check_ok"])
        assert checks["gateway",] == checks["lock",] == checks["database",] == 1
        assert values(found["process_resident_memory_bytes"])[()] > 2**20


async def test_names_types_and_help_follow_the_conventions(posting: PostingFixture) -> None:
    async with posting.running() as app:
        found = await families(app)
    assert not problems(found.values())
    assert {found[name].type for name in found if name.startswith(OWN)} == {
        *("counter", "gauge", "histogram")
    }


async def test_the_operators_document_lists_each_metric(posting: PostingFixture) -> None:
    async with posting.running() as app:
        _, text = await ask(app, "/metrics")
    sent = set(re.findall(rf"^# TYPE ({OWN}\w+) ", text, re.MULTILINE))
    documented = re.findall(rf"^\| `({OWN}\w+)`", OPERATING.read_text("utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(sent)


async def test_no_label_has_an_id_or_a_token(posting: PostingFixture) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    await posting.store()
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        await posting.sandbox.world.owner.slash("schedule list", channel)
        _, text = await ask(app, "/metrics")
    assert not re.findall(r'="[^"]*\d{5,}[^"]*"', text)


async def test_rate_limits_are_counted_by_scope_also_those_of_all_routes(
    posting: PostingFixture,
) -> None:
    await posting.schedule(posting.channel())
    await posting.store()
    async with posting.running() as app:
        posting.sandbox.faults.add(
            "POST", "/channels/*/messages", retry_after=0.05, everywhere=True
        )
        await posting.wait_for(MORNING)
        found = await families(app)
    assert values(found["daily_papers_discord_rate_limited"])["global",] == 1
    requests = values(found["daily_papers_discord_requests"])
    assert requests["POST", "/channels/{id}/messages", "429"] == 1


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        # A command of another version of the bot, or of another program with its token.
        ("unknown-command", {("", "application_command"): 1.0}),
        # Discord never sends this; the person gets an answer all the same.
        (["help"], {}),
    ],
)
async def test_only_commands_of_this_bot_are_named(
    posting: PostingFixture, name: object, counted: dict[tuple[str, ...], float]
) -> None:
    channel = posting.channel()
    async with posting.running() as app:
        (session,) = posting.sandbox.gateway.connected
        dispatch = session.dispatch

        def dispatch_renamed(event: str, payload: dict[str, Any]) -> None:
            if event == "INTERACTION_CREATE":
                payload = payload | {"data": payload["data"] | {"name": name}}
            dispatch(event, payload)

        # The sandbox's people can't send what Discord wouldn't, so the event is changed on its way.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(session), "dispatch", lambda _, *event: dispatch_renamed(*event))
            answer = await posting.sandbox.world.owner.slash("help", channel)
        assert answer.message is not None
        assert values((await families(app))["daily_papers_interactions"]) == counted


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v10/channels/12/messages/34", "/channels/{id}/messages/{id}"),
        ("/api/channels/12", "/channels/{id}"),
        ("/proxy/api/v10/interactions/1/aW50/callback", "/interactions/{id}/{token}/callback"),
        ("/api/v10/webhooks/1/aW50/messages/2", "/webhooks/{id}/{token}/messages/{id}"),
        ("/api/v10/channels/12/pins/34", "other"),
        ("/api/v10/" + "x/" * 50, "other"),
    ],
)
def test_routes_have_a_fixed_number_of_names(path: str, name: str) -> None:
    assert name_of(path) == name


def test_only_the_first_answer_to_an_interaction_counts() -> None:
    assert answered_interaction("/api/v10/interactions/17/aW50/callback") == 17
    assert answered_interaction("/api/v10/webhooks/17/aW50") is None
