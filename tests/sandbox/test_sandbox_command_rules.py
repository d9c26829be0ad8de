"""Each limit of Discord's on application commands is refused at its field, with its code."""

from typing import Any

import pytest
from error_codes import codes, wrong

from bot.sandbox.rules.commands import check_command, check_commands, is_slash_name, length_of
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import Problems

Body = dict[str, Any]


def command(**fields: object) -> Body:
    return {"name": "paper", "description": "Finds a paper", **fields}


def option(kind: int = 3, **fields: object) -> Body:
    return {"type": kind, "name": "query", "description": "What to find", **fields}


def choices(count: int) -> list[Body]:
    return [{"name": str(n), "value": str(n)} for n in range(count)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (command(), {}),
        (command(name="논문", name_localizations={"ko": "논문", "ja": "ろんぶん"}), {}),
        (command(options=[option(choices=choices(25))]), {}),
        (command(options=[option(2, options=[option(1, options=[option()])])]), {}),
        (
            command(default_member_permissions="32", contexts=[0, 1, 2], integration_types=[0, 1]),
            {},
        ),
        ({"name": "Show papers", "type": 3}, {}),
        (command(name="Paper"), {"name": "APPLICATION_COMMAND_INVALID_NAME"}),
        (command(name="two words"), {"name": "APPLICATION_COMMAND_INVALID_NAME"}),
        (command(name="n" * 33), {"name": "BASE_TYPE_BAD_LENGTH"}),
        ({"name": "paper"}, {"description": "BASE_TYPE_REQUIRED"}),
        (command(description=""), {"description": "BASE_TYPE_REQUIRED"}),
        (command(description="d" * 101), {"description": "BASE_TYPE_BAD_LENGTH"}),
        (command(name_localizations={"kr": "논문"}), {"name_localizations.kr": "ENUM_TYPE_COERCE"}),
        (
            command(name_localizations={"ko": "논 문"}),
            {"name_localizations.ko": "APPLICATION_COMMAND_INVALID_NAME"},
        ),
        (
            command(description_localizations={"ko": "설" * 101}),
            {"description_localizations.ko": "BASE_TYPE_BAD_LENGTH"},
        ),
        (
            command(options=[option(name=f"o{n}") for n in range(26)]),
            {"options": "BASE_TYPE_MAX_LENGTH"},
        ),
        (
            command(options=[option(choices=choices(26))]),
            {"options.0.choices": "BASE_TYPE_MAX_LENGTH"},
        ),
        (
            command(options=[option(choices=[{"name": "n", "value": "v" * 101}])]),
            {"options.0.choices.0.value": "BASE_TYPE_MAX_LENGTH"},
        ),
        (
            command(options=[option(4, choices=[{"name": "n", "value": "three"}])]),
            {"options.0.choices.0.value": "NUMBER_TYPE_COERCE"},
        ),
        (
            command(options=[option(choices=choices(2), autocomplete=True)]),
            {"options.0": "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID_OPTION"},
        ),
        (
            command(options=[option(), option()]),
            {"options.1.name": "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"},
        ),
        (
            command(options=[option(), option(name="b", required=True)]),
            {"options.1": "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"},
        ),
        (
            command(options=[option(), option(1, name="b")]),
            {"options": "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
        ),
        (command(options=[option(12)]), {"options.0.type": "UNION_TYPE_CHOICES"}),
        (
            command(options=[option(1, options=[option(1)])]),
            {"options.0.options.0.type": "UNION_TYPE_CHOICES"},
        ),
        (command(type=7), {"type": "BASE_TYPE_CHOICES"}),
        (command(contexts=[]), {"contexts": "BASE_TYPE_REQUIRED"}),
        (
            command(type=3),
            {"description": "APPLICATION_COMMAND_CONTEXT_MENU_INVALID"},
        ),
        (
            command(
                options=[
                    option(
                        name=f"o{n}",
                        choices=[{"name": "x" * 100, "value": f"{m}" * 80} for m in range(9)],
                    )
                    for n in range(5)
                ]
            ),
            {"": "APPLICATION_COMMAND_TOO_LARGE"},
        ),
    ],
)
def test_commands_are_held_to_their_limits(body: Body, expected: dict[str, str]) -> None:
    assert wrong(check_command, body) == expected


def test_of_a_text_and_its_translations_the_longest_counts() -> None:
    body = command(
        name_localizations={"ko": "논문"},
        description_localizations={"de": "d" * 50, "ko": "설" * 20},
        options=[option(choices=[{"name": "Red", "value": "r"}], description="1234567")],
    )
    assert length_of(body) == 5 + 50 + 5 + 7 + 3 + 1


def test_a_name_is_a_word_of_any_script_in_lower_case() -> None:
    assert all(map(is_slash_name, ["top", "논문", "naïve-1", "हिन्दी", "o'clock", "a_b"]))
    assert not any(map(is_slash_name, ["", "Top", "a b", "a.b", "a/b", "😀", "x" * 33]))


def test_commands_of_one_name_or_too_many_are_refused() -> None:
    problems = Problems()
    check_commands([command(), command(type=None), {"name": "paper", "type": 3}], problems)
    assert codes(problems.tree) == {"1": "APPLICATION_COMMANDS_DUPLICATE_NAME"}
    check_commands([command(name=f"c{n}") for n in range(100)], Problems())
    menus = [{"name": f"Menu {n}", "type": 2} for n in range(16)]
    for bodies in ([command(name=f"c{n}") for n in range(101)], menus):
        with pytest.raises(ApiError) as refused:
            check_commands(bodies, Problems())
        assert refused.value.refusal is Refusal.TOO_MANY_COMMANDS
