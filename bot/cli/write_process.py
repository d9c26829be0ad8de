"""The process of `daily-papers write`: ask the model, store the text, print it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.cli.execution import existing_database
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.streams import clean_line, print_error, print_lines
from bot.clock import Clock
from bot.ingest.configured import connect_sources
from bot.writer.configured import connect_writer
from bot.writer.drafting import Draft
from bot.writer.errors import WriteError
from bot.writer.writing import Writing
from config.settings import Settings
from storage.written_texts import UnknownPaperError


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """The options of the command."""

    arxiv_id: str
    language: str | None
    """`None` if not given."""
    is_dry_run: bool


async def write_text(settings: Settings, options: WriteOptions) -> int:
    """Write a paper's text and print it; return the exit status.

    Raises:
        CommandError: There is no model or no such paper, or the model gave no usable answer.
        StorageError: The database can't be used.
    """
    if not settings.writer.is_on:
        raise CommandError(
            "No language model is set: [writer] url and model name one, for example in "
            "daily-papers.toml.",
            status=USAGE_ERROR,
        )
    language = options.language or settings.writer.languages[0]
    clock = Clock()
    async with (
        existing_database(settings) as database,
        connect_sources(settings, now=clock.now) as sources,
        connect_writer(settings.writer, database, sources.full_texts, now=clock.now) as writing,
    ):
        assert writing is not None
        draft = await _write(writing, options, language)
    for dropped in draft.dropped:
        print_error(f"left out ({dropped.verdict}): {clean_line(dropped.sentence)}")
    print_error(
        f"{writing.model}: {len(draft.dropped)} of {draft.sentences} sentences left out, "
        f"{draft.tokens:,} tokens, from the {draft.source.basis.replace('_', ' ')}"
        f"{'; nothing is stored' if options.is_dry_run else ''}"
    )
    print_lines(_lines(draft))
    return 0


async def _write(writing: Writing, options: WriteOptions, language: str) -> Draft:
    try:
        if options.is_dry_run:
            return await writing.draft(options.arxiv_id, language)
        await writing.start()
        return (await writing.write(options.arxiv_id, language, None)).draft
    except UnknownPaperError:
        raise CommandError(f"No digest lists {options.arxiv_id}.") from None
    except WriteError as error:
        raise CommandError(f"Not written: {writing.model} {error}.") from None


def _lines(draft: Draft) -> Iterator[str]:
    for number, section in enumerate(draft.sections):
        if number:
            yield ""
        yield section.heading
        for sentence in section.sentences:
            yield f"- {clean_line(sentence.text)}"
            yield f"  > {clean_line(sentence.quote)}"
