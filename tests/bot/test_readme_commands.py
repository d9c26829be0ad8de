"""The README lists each registered command and option once, and each has a Korean name."""

import re
from pathlib import Path
from typing import Any

from bot_fixture import BotFixture

README_TEXT = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
_SUBCOMMAND = 1
_SLASH = 1


def subcommands(command: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the options of each subcommand by its full name, or of the command itself."""
    options = command.get("options") or []
    if not any(option["type"] == _SUBCOMMAND for option in options):
        return {f"/{command['name']}": options}
    return {f"/{command['name']} {each['name']}": each.get("options") or [] for each in options}


def first_cells() -> list[str]:
    """Return the first cell of every row of the README's tables."""
    lines = README_TEXT.splitlines()
    return [line.split("|")[1].strip() for line in lines if line.startswith("|")]


def bodies(fixture: BotFixture) -> list[dict[str, Any]]:
    """Return the slash commands as they are registered."""
    commands = fixture.sandbox.world.commands.values()
    return [command.body for command in commands if command.type == _SLASH]


def registered(fixture: BotFixture) -> dict[str, list[str]]:
    """Return the names of the options of each registered command."""
    commands = {
        name: [option["name"] for option in options]
        for body in bodies(fixture)
        for name, options in subcommands(body).items()
    }
    assert len(commands) > 10
    return commands


async def test_each_command_has_its_own_row_in_the_readme(fixture: BotFixture) -> None:
    found = [cell.strip("`") for cell in first_cells() if re.fullmatch(r"`/[^`]+`", cell)]
    assert sorted(found) == sorted(registered(fixture))


async def test_each_option_has_its_own_row_in_the_readme(fixture: BotFixture) -> None:
    commands = registered(fixture)
    alone = {
        f"`{name}` `{option}`"
        for name, options in commands.items()
        if not name.startswith("/schedule ")
        for option in options
    }
    shared = {
        f"`{option}`"
        for name, options in commands.items()
        if name.startswith("/schedule ")
        for option in options
    }
    assert sorted(c for c in first_cells() if re.match(r"`/\w+` `", c)) == sorted(alone)
    cells = first_cells()
    begin = cells.index("`/top` `count`") + 1
    table = cells[begin : cells.index("command", begin)]
    assert table[:2] == ["option", "---"]
    assert sorted(table[2:]) == sorted(shared)


async def test_every_command_and_option_has_a_korean_name(fixture: BotFixture) -> None:
    for body in bodies(fixture):
        parts = [body]
        while parts:
            part = parts.pop()
            assert part["name_localizations"]["ko"] != part["name"]
            assert part["description_localizations"]["ko"] != part["description"]
            parts += part.get("options") or []


async def test_the_readme_has_the_korean_names_of_the_commands(fixture: BotFixture) -> None:
    (line,) = re.findall(r"In Korean the commands are (.+?); options", README_TEXT, re.DOTALL)
    names = [
        part["name_localizations"]["ko"]
        for body in bodies(fixture)
        for part in (body, *(body.get("options") or []))
        if part is body or part["type"] == _SUBCOMMAND
    ]
    assert sorted(re.findall(r"`/?([^`]+)`", line)) == sorted(names)


async def test_korean_names_are_unique_and_accepted_by_discord(fixture: BotFixture) -> None:
    def check(parts: list[dict[str, Any]]) -> None:
        names = [part["name_localizations"]["ko"] for part in parts]
        assert len(set(names)) == len(names), names
        assert [name for name in names if not re.fullmatch(r"[가-힣]{1,32}", name)] == []
        for part in parts:
            check(part.get("options") or [])

    check(bodies(fixture))


async def test_commands_of_the_menus_of_messages_have_a_row_with_their_korean_name(
    fixture: BotFixture,
) -> None:
    commands = fixture.sandbox.world.commands.values()
    menus = [command.body for command in commands if command.type != _SLASH]
    expected = [f"**{body['name']}** ({body['name_localizations']['ko']})" for body in menus]
    assert expected
    assert [cell for cell in first_cells() if cell.startswith("**")] == expected


async def test_schedule_commands_and_their_options_keep_their_names(fixture: BotFixture) -> None:
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
