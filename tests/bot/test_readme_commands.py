"""The README and the commands that Discord is told of."""

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


async def test_every_command_and_option_stands_in_the_readme(fixture: BotFixture) -> None:
    readme = README.read_text(encoding="utf-8")
    bodies = [command.body for command in fixture.sandbox.world.commands.values()]
    assert len(bodies) >= 3
    for body in bodies:
        for name, options in subcommands(body).items():
            assert f"`{name}" in readme, name
            for option in options:
                row = f"| `{option['name']}` |" in readme
                named = any(
                    option["name"] in line.replace("[", " ").replace("]", " ").split()
                    for line in (part.split("`")[0] for part in readme.split(f"`{name}")[1:])
                )
                assert row or named, f"{name} {option['name']}"


async def test_every_command_and_option_has_a_korean_name(fixture: BotFixture) -> None:
    for command in fixture.sandbox.world.commands.values():
        parts = [command.body]
        while parts:
            part = parts.pop()
            assert part["name_localizations"]["ko"] != part["name"]
            assert part["description_localizations"]["ko"] != part["description"]
            parts += part.get("options") or []


async def test_the_options_of_a_schedule_are_those_that_were_agreed(fixture: BotFixture) -> None:
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
