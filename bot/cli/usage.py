"""Commands whose help and errors are in our own words instead of Typer's.

Typer raises its errors of usage as classes that it keeps private; their base class is found by way
of `typer.BadParameter`, and what they mean by their public attributes.
"""

import re
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli.options import OptionError, either
from bot.cli.streams import clean_line

_USAGE_ERROR: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""The base class of all errors of usage."""
_USAGE_OF_ARGUMENT: Final = re.compile(r"\{(?P<name>\w+)\}")
_NAME_OF_ARGUMENT: Final = re.compile(r"\A(?P<name>[\w…]+) <.*>\Z")


class Command(TyperCommand):
    """A command of the command line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's class of contexts is private
        """Parse the options and arguments.

        Raises:
            OptionError: They are wrong.
        """
        # Otherwise Typer complains itself.
        ctx.allow_extra_args = True
        rest = _parse(super().parse_args, ctx, args)
        if rest and not ctx.resilient_parsing:
            words = clean_line(" ".join(rest))
            raise OptionError(f"{words}: not expected. Put several words in quotes.", ctx=ctx)
        return rest

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - as above
        """Return the parts of the line of usage: an argument is `ID`, or `PATH…` if repeated."""
        pieces = super().collect_usage_pieces(ctx)
        return [_USAGE_OF_ARGUMENT.sub(r"\g<name>", piece).replace("...", "…") for piece in pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the lists of arguments and options, without the Python type of arguments."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                name, text = record
                name = _NAME_OF_ARGUMENT.sub(r"\g<name>", name)
                text = text.replace("  [required]", "")
                rows[parameter.param_type_name].append((name, text))
        for kind, found in rows.items():
            if found:
                with formatter.section(f"{kind.capitalize()}s"):
                    formatter.write_dl(found)


class Group(TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Parse the options before the command.

        Raises:
            OptionError: They are wrong.
        """
        # Without arguments the help is shown, which Typer does by an error of usage.
        parse = super().parse_args
        return _parse(parse, ctx, args) if args else list(parse(ctx, args))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Return the command that is called.

        Raises:
            OptionError: There is none of that name.
        """
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            wrong = clean_line(args[0])
            raise OptionError(f"{wrong}: no such command. {_choices(ctx)}", ctx=ctx)
        return super().resolve_command(ctx, args)


def no_command(ctx: Any) -> OptionError:  # noqa: ANN401 - as above
    """Return the error of a call without a command."""
    return OptionError(f"No command was given. {_choices(ctx)}", ctx=ctx)


def _choices(ctx: Any) -> str:  # noqa: ANN401 - as above
    return f"Choose {either(ctx.command.list_commands(ctx))}."


def _parse(parse: Any, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
    try:
        return list(parse(ctx, args))
    except OptionError:
        raise
    except _USAGE_ERROR as error:
        raise OptionError(_sentence(error, ctx), ctx=ctx) from None


def _sentence(error: Exception, ctx: Any) -> str:  # noqa: ANN401 - as above
    """Return what is wrong and what to do."""
    option = clean_line(getattr(error, "option_name", ""))
    if hasattr(error, "possibilities"):
        if ctx.parent is not None and option in _flags_by_option(ctx.parent):
            return f"{option} belongs before “{ctx.info_name}”."
        near = " or ".join(sorted(error.possibilities or ()))
        return f"{option}: no such option." + (f" Did you mean {near}?" if near else "")
    if option:
        is_flag = _flags_by_option(ctx).get(option)
        return f"{option} takes no value." if is_flag else f"{option} needs a value."
    parameter = getattr(error, "param", None)
    if parameter is not None and hasattr(error, "param_type"):
        return f"{parameter.metavar or parameter.name} is missing."
    return clean_line(str(error))


def _flags_by_option(ctx: Any) -> dict[str, bool]:  # noqa: ANN401 - as above
    """Return whether each option of a command is a flag."""
    return {
        name: bool(getattr(parameter, "is_flag", False))
        for parameter in ctx.command.get_params(ctx)
        for name in parameter.opts
    }
