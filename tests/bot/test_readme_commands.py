"""The README documents each slash command that is registered."""

import re
from pathlib import Path
from typing import Any

from bot_fixture import BotFixture

README = Path(__file__).parents[2] / "README.md"
_SUBCOMMAND = 1


def subcommands(command: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the options of each subcommand by its whole name, or of the command itself."""
    options = command.get("options") or []
    if not any(option["type"] == _SUBCOMMAND for option in options):
        return {f"/{command['name']}": options}
    return {f"/{command['name']} {each['name']}": each.get("options") or [] for each in options}


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of the tables in a Markdown text."""
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]


def undocumented(command: str, options: list[str], cells: list[str]) -> list[str]:
    """Return which of a command and its options have no row of their own.

    An option is named in the row of its command, or has a row of its own with the command. The
    options of `/schedule` share a table that has a row for each.
    """
    own = [cell for cell in cells if re.match(rf".*`{command}[` \[]", cell)]
    if not own:
        return [command]
    return [
        f"{command} {option}"
        for option in options
        if not any(re.search(rf"\b{option}\b", cell.replace(command, "")) for cell in own)
        and not (command.startswith("/schedule ") and f"`{option}`" in cells)
    ]


def test_an_option_documented_for_another_command_does_not_count() -> None:
    cells = ["`/top` `period`", "`/schedule add`", "`count`", "`/paper query`"]
    assert undocumented("/top", ["period", "count"], cells) == ["/top count"]
    assert undocumented("/paper", ["query"], cells) == []
    assert undocumented("/schedule add", ["count", "days"], cells) == ["/schedule add days"]
    assert undocumented("/search", [], cells) == ["/search"]


async def test_every_command_and_option_has_its_row_in_the_readme(fixture: BotFixture) -> None:
    cells = first_cells(README.read_text(encoding="utf-8"))
    bodies = [command.body for command in fixture.sandbox.world.commands.values()]
    assert len(bodies) >= 3
    missing = [
        line
        for body in bodies
        for name, options in subcommands(body).items()
        for line in undocumented(name, [option["name"] for option in options], cells)
    ]
    assert missing == []


async def test_every_command_and_option_has_a_korean_name(fixture: BotFixture) -> None:
    for command in fixture.sandbox.world.commands.values():
        parts = [command.body]
        while parts:
            part = parts.pop()
            assert part["name_localizations"]["ko"] != part["name"]
            assert part["description_localizations"]["ko"] != part["description"]
            parts += part.get("options") or []


async def test_the_options_of_a_schedule_are_frozen(fixture: BotFixture) -> None:
    (schedule,) = [c.body for c in fixture.sandbox.world.commands.values() if c.name == "schedule"]
    found = subcommands(schedule)
    assert set(found) == {
        f"/schedule {name}"
        for name in (
            "add",
            "edit",
            "list",
            "remove",
            "pause",
            "resume",
            "preview",
            "post",
            "history",
        )
    }
    names = [option["name"] for option in found["/schedule add"]]
    assert names == [
        "channel",
        "time",
        "timezone",
        "count",
        "period",
        "layout",
        "days",
        "min_votes",
        "include",
        "exclude",
        "mention",
        "silent",
        "publish",
        "refresh",
        "catch_up",
        "language",
    ]
    required = [option["name"] for option in found["/schedule add"] if option.get("required")]
    assert required == ["channel"]
    assert [option["name"] for option in found["/schedule edit"]] == ["schedule", *names, "clear"]
