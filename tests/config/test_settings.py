import os
import tomllib
import traceback
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from config.errors import SettingsError
from config.loading import exposed_token_file, load_settings, outdated_keys
from config.log_level import LogLevel
from config.setting_keys import PREFIX, VARIABLES
from config.settings import (
    About,
    Arxiv,
    Backup,
    Http,
    HuggingFace,
    Keep,
    Posting,
    Publish,
    Search,
    Settings,
    Writer,
)

TOKEN = "made.up-for.the_tests-of-the-settings"
HF_TOKEN = "hf_MadeUpForTheTestsOfTheSettings"
KEY = "sk-made-up-for-the-tests-of-the-settings"
UNKNOWN = "there is no such setting; the nearest is"
ADDRESS = "an address such as http://127.0.0.1:8080/api/v10, without user name, “?” and “#” in it"
TABLES: dict[str, type[BaseModel]] = {
    "huggingface": HuggingFace,
    "arxiv": Arxiv,
    "posting": Posting,
    "writer": Writer,
    "publish": Publish,
    "backup": Backup,
    "keep": Keep,
    "http": Http,
    "about": About,
    "search": Search,
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*os.environ]:
        if name.upper().startswith(PREFIX) or name.upper() in VARIABLES:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, path: Path = Path("daily-papers.toml")) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(file: Path | None = None, **overrides: object) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(file, overrides)
    return caught.value.problems


def test_nothing_set_gives_the_defaults() -> None:
    settings = load_settings(None, {})
    assert settings == Settings()
    assert settings.token is None
    assert settings.database == Path("daily-papers.db")
    assert settings.digests is None
    assert settings.discord_url is None
    assert settings.log_level is LogLevel.INFO


def test_the_file_in_the_working_folder_is_read_if_it_exists() -> None:
    write('database = "other.db"')
    assert load_settings(None, {}).database == Path("other.db")


def test_a_named_file_replaces_the_one_in_the_working_folder() -> None:
    write('database = "other.db"')
    named = write('log_level = "error"', Path("named.toml"))
    settings = load_settings(named, {})
    assert (settings.database, settings.log_level) == (Path("daily-papers.db"), LogLevel.ERROR)


def test_the_environment_overrides_the_file_and_options_override_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('database = "file.db"\ndigests = "file"\nlog_level = "error"')
    monkeypatch.setenv("DAILY_PAPERS_DATABASE", "environment.db")
    monkeypatch.setenv("DAILY_PAPERS_DIGESTS", "environment")
    settings = load_settings(None, {"database": Path("option.db"), "digests": None})
    assert settings.database == Path("option.db")
    assert settings.digests == Path("environment")
    assert settings.log_level is LogLevel.ERROR


def test_a_blank_value_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    write('token = ""\ndigests = "d"\nlog_level = " "')
    monkeypatch.setenv("DAILY_PAPERS_DIGESTS", "")
    monkeypatch.setenv("DAILY_PAPERS_DISCORD_URL", "  ")
    assert load_settings(None, {}) == Settings(digests=Path("d"))


def test_relative_paths_in_a_file_are_relative_to_its_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    text = 'database = "a.db"\ndigests = "~/d"\n[publish]\nfolder = "out"'
    text += '\n[backup]\nfolder = "kept"'
    settings = load_settings(write(text, elsewhere / "settings.toml"), {})
    assert settings.database == elsewhere / "a.db"
    assert settings.digests == Path.home() / "d"
    assert settings.publish.folder == elsewhere / "out"
    assert settings.backup.folder == elsewhere / "kept"


def test_an_absolute_path_in_a_file_stays_as_it_is(tmp_path: Path) -> None:
    file = write(f"database = '{tmp_path / 'a.db'}'", tmp_path / "elsewhere" / "settings.toml")
    assert load_settings(file, {}).database == tmp_path / "a.db"


def test_the_documented_defaults_are_the_defaults() -> None:
    documented = tomllib.loads((files("config") / "default.toml").read_text(encoding="utf-8"))
    # Their default is none, which is not the same as an empty list; an example is in a comment.
    assert list(documented) == [key for key in Settings.model_fields if key != "sources"]
    for table, model in TABLES.items():
        assert list(documented[table]) == list(model.model_fields)
    write((files("config") / "default.toml").read_text(encoding="utf-8"))
    assert load_settings(None, {}) == Settings()


def test_every_documented_default_has_a_comment_above_it() -> None:
    lines = (files("config") / "default.toml").read_text(encoding="utf-8").splitlines()
    values = [number for number, line in enumerate(lines) if line and not line.startswith("#")]
    tables = [number for number in values if lines[number].startswith("[")]
    assert [lines[number - 1][:2] for number in values] == ["# "] * len(values)
    assert len(values) - len(tables) == len(VARIABLES) - len({"DAILY_PAPERS_SOURCES"})


def test_all_wrong_keys_are_reported_at_once_each_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('database = 3\ndigest = "d"\n')
    monkeypatch.setenv("DAILY_PAPERS_LOG_LEVEL", "loud")
    monkeypatch.setenv("DAILY_PAPERS_TOKN", TOKEN)
    assert set(problems(discord_url="ftp://x")) == {
        f"DAILY_PAPERS_TOKN in the environment: {UNKNOWN} DAILY_PAPERS_TOKEN",
        "database in daily-papers.toml:1: expected the path of a file, in quotes",
        f"digest in daily-papers.toml:2: {UNKNOWN} digests",
        "DAILY_PAPERS_LOG_LEVEL in the environment: expected one of debug, info, warning, error",
        f"--discord-url on the command line: expected {ADDRESS}",
    }


def test_an_unknown_key_is_refused_even_if_its_value_is_blank() -> None:
    write('tokn = ""')
    assert problems() == (
        "tokn in daily-papers.toml:1: there is no such setting; the nearest is token",
    )


def test_a_wrong_value_is_reported_even_if_it_is_overridden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('log_level = "loud"\ndatabase = 3')
    monkeypatch.setenv("DAILY_PAPERS_LOG_LEVEL", "quiet")
    monkeypatch.setenv("DAILY_PAPERS_DATABASE", "environment.db")
    levels = "expected one of debug, info, warning, error"
    assert set(problems(log_level="info")) == {
        "database in daily-papers.toml:2: expected the path of a file, in quotes",
        f"log_level in daily-papers.toml:1: {levels}",
        f"DAILY_PAPERS_LOG_LEVEL in the environment: {levels}",
    }


def test_an_unknown_name_without_a_similar_one_is_answered_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("[sub]\nx = 1")
    monkeypatch.setenv("DAILY_PAPERS_X", "1")
    keys = ", ".join(
        [
            *("token, database, digests, discord_url, log_level, log_format, [[sources]]",),
            *("[huggingface] url, [huggingface] token, [arxiv] url",),
            *(f"[posting] {key}" for key in Posting.model_fields),
            *(f"[writer] {key}" for key in Writer.model_fields),
            *("[publish] folder, [publish] url, [backup] folder, [backup] keep",),
            *(f"[keep] {key}" for key in Keep.model_fields),
            *(f"[http] {key}" for key in Http.model_fields),
            *("[about] operator, [about] invite",),
            *("[search] two_languages, [search] semantic",),
        ]
    )
    variables = ", ".join(VARIABLES)
    assert problems() == (
        f"DAILY_PAPERS_X in the environment: there is no such setting; there are {variables}",
        f"sub in daily-papers.toml:1: there is no such setting; there are {keys}",
    )


def test_environment_variables_for_tests_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAILY_PAPERS_TEST_DIGESTS", "somewhere")
    assert load_settings(None, {}) == Settings()


def test_a_syntax_error_names_file_line_and_reason() -> None:
    write('log_level = "info"\ndatabase = \n')
    assert problems() == ("daily-papers.toml:2: is not valid TOML: Invalid value",)


def test_a_file_that_ends_too_early_is_refused_at_its_last_line() -> None:
    write('# A comment\nlog_level = """info')
    assert problems() == ("daily-papers.toml:2: is not valid TOML: Unterminated string",)


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    write('\ufefflog_level = "debug"')
    assert load_settings(None, {}).log_level is LogLevel.DEBUG


def test_a_file_that_is_not_utf_8_is_refused_with_the_offset(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b'# caf\xe9\nlog_level = "info"')
    assert problems(file) == (f"{file}: is not UTF-8 text at byte 5",)


def test_a_named_file_that_is_missing_is_refused_with_all_else_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_LOG_LEVEL", "loud")
    missing, level = problems(Path("missing.toml"))
    assert missing == "missing.toml: no such file"
    assert level.startswith("DAILY_PAPERS_LOG_LEVEL")


@pytest.mark.parametrize("given_token", [f" {TOKEN}\n", f'"{TOKEN}"', f"' {TOKEN} '"])
def test_blanks_and_quotes_around_a_token_are_stripped(given_token: str) -> None:
    token = load_settings(None, {"token": given_token}).token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_quotes_with_nothing_in_them_are_no_token() -> None:
    assert load_settings(None, {"token": '""'}).token is None


@pytest.mark.parametrize(
    ("given_token", "expected"),
    [
        (f"Bot {TOKEN}", "the token alone, without “Bot” before it"),
        ("two words", "one word of plain ASCII"),
        ("naïve", "one word of plain ASCII"),
        ("a\r\nX-Header: b", "one word of plain ASCII"),
        (123456, "text in quotes"),
    ],
)
def test_an_invalid_token_is_refused_without_showing_it(given_token: object, expected: str) -> None:
    (problem,) = problems(token=given_token)
    assert problem.startswith(f"--token on the command line: expected {expected}")
    assert str(given_token) not in problem


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://127.0.0.1:8080/api/v10/", "http://127.0.0.1:8080/api/v10"),
        ("https://proxy.example", "https://proxy.example"),
        ("HTTP://[::1]:9", "HTTP://[::1]:9"),
    ],
)
def test_a_final_slash_of_an_address_is_stripped(url: str, kept: str) -> None:
    assert load_settings(None, {"discord_url": url}).discord_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080",
        "http://",
        "http://host:port",
        "http://host:99999",
        "http://[::1",
        "http://user:pass@host",
        "http://host/?a=b",
        "http://host/#a",
        "http://ho st",
        "file:///etc/passwd",
    ],
)
def test_an_invalid_address_is_refused(url: str) -> None:
    (problem,) = problems(discord_url=url)
    assert problem.startswith("--discord-url on the command line: expected an address")


@pytest.mark.parametrize("level", ["DEBUG", "Debug", "debug"])
def test_a_log_level_is_case_insensitive(level: str) -> None:
    assert load_settings(None, {"log_level": level}).log_level is LogLevel.DEBUG


def test_an_unknown_home_folder_is_refused() -> None:
    (problem,) = problems(database=Path("~nobody-of-this-name/a.db"))
    assert problem.startswith("--database on the command line: expected a path")


def test_tokens_are_hidden_wherever_settings_are_shown() -> None:
    settings = Settings(
        token=SecretStr(TOKEN),
        huggingface=HuggingFace(token=SecretStr(HF_TOKEN)),
        writer=Writer(key=SecretStr(KEY)),
    )
    assert [secret.get_secret_value() for secret in settings.secrets()] == [TOKEN, HF_TOKEN, KEY]
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in shown
    assert HF_TOKEN not in shown
    assert KEY not in shown


def test_the_writer_is_on_with_address_and_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load_settings(None, {}).writer.is_on
    write('[writer]\nurl = "http://127.0.0.1:11434/v1/"\nkey = ""\n')
    assert not load_settings(None, {}).writer.is_on
    monkeypatch.setenv("DAILY_PAPERS_WRITER_MODEL", " small-model ")
    writer = load_settings(None, {}).writer
    assert (writer.is_on, writer.url, writer.model) == (
        True,
        "http://127.0.0.1:11434/v1",
        "small-model",
    )
    assert (writer.key, writer.languages, writer.all) == (None, ("ko", "en"), False)
    assert (writer.papers_per_day, writer.tokens_per_day, writer.parallel) == (60, 1_000_000, 2)


@pytest.mark.parametrize("given_languages", ["ko, en,ko", ["ko", "en"]])
def test_languages_of_the_writer_are_a_list_or_separated_by_commas(
    monkeypatch: pytest.MonkeyPatch, given_languages: str | list[str]
) -> None:
    if isinstance(given_languages, str):
        monkeypatch.setenv("DAILY_PAPERS_WRITER_LANGUAGES", given_languages)
    else:
        write(f"[writer]\nlanguages = {given_languages}")
    assert load_settings(None, {}).writer.languages == ("ko", "en")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("url", '"ftp://x"', "an address such as http://127.0.0.1:11434/v1, without"),
        ("model", '"two words"', "the name of a model without blanks"),
        ("key", '"Bearer sk-x"', "the key alone, without “Bearer” before it"),
        ("languages", "[]", 'a list of codes of languages, such as ["ko", "en"]'),
        ("languages", '["Korean"]', "the code of a language in lower case"),
        ("languages", "3", 'a list of codes of languages, such as ["ko", "en"]'),
        ("papers_per_day", "-1", "a whole number, 0 to 10000"),
        ("tokens_per_day", '"many"', "a whole number, 0 to 1000000000"),
        ("parallel", "0", "a whole number, 1 to 16"),
        ("all", '"perhaps"', "true or false"),
    ],
)
def test_wrong_settings_of_the_writer_are_refused(key: str, value: str, expected: str) -> None:
    write(f"[writer]\n{key} = {value}")
    (problem,) = problems()
    assert problem.startswith(f"[writer] {key} in daily-papers.toml:2: expected {expected}")


def test_without_tokens_there_are_no_secrets() -> None:
    assert Settings().secrets() == ()


@pytest.mark.parametrize(
    "name",
    ["TOKEN", "TOKN", "DATABASE", "DISCORD_URL", "LOG_LEVEL", "SOURCES", "ARXIV_URL"],
    ids=str.lower,
)
def test_no_traceback_shows_the_token_even_under_another_name(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(PREFIX + name, f"Bot {TOKEN}")
    monkeypatch.setenv("DAILY_PAPERS_UNKNOWN", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_no_frame_of_a_failure_holds_a_token_given_under_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_TOKEN", f"Bot {TOKEN}")
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "load_settings" in "".join(shown.format())
    assert TOKEN not in "".join(shown.format())


@given(
    st.fixed_dictionaries(
        {},
        optional={
            key: st.text() | st.integers() | st.lists(st.text()) | st.none()
            for key in [*Settings.model_fields, *Posting.model_fields, "unknown"]
        },
    )
)
def test_any_values_give_settings_or_a_settings_error(values: dict[str, object]) -> None:
    try:
        load_settings(Path(os.devnull), values)
    except SettingsError as error:
        assert error.problems  # noqa: PT017 - either end is right; the error must say something


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("news_days", "0", "32"),
        ("wait_hours", "0.5", "-1"),
        ("list_age_hours", "24", "24.5"),
        ("requests_per_second", "25", "0"),
        ("schedules_per_server", "1", "0"),
        ("schedules_per_channel", "1000", "1001"),
    ],
)
def test_numbers_for_posting_are_within_their_bounds(
    monkeypatch: pytest.MonkeyPatch, key: str, good: str, bad: str
) -> None:
    write(f"[posting]\n{key} = {good}")
    assert getattr(load_settings(None, {}).posting, key) == float(good)
    write(f"\n[posting]\n# {key}\n{key} = {bad}")
    (problem,) = problems()
    assert problem.startswith(f"[posting] {key} in daily-papers.toml:4: expected a ")
    Path("daily-papers.toml").unlink()
    variable = f"DAILY_PAPERS_{key.upper()}"
    monkeypatch.setenv(variable, good)
    assert getattr(load_settings(None, {}).posting, key) == float(good)
    monkeypatch.setenv(variable, bad)
    (problem,) = problems()
    assert problem.startswith(f"{variable} in the environment: expected a ")


@pytest.mark.parametrize("value", ["true", "false"])
@pytest.mark.parametrize(
    ("table", "key"),
    [
        (table, key)
        for table, model in TABLES.items()
        for key, field in model.model_fields.items()
        if isinstance(field.default, int | float) and not isinstance(field.default, bool)
    ]
    + [("http", "port")],
)
def test_true_and_false_are_no_numbers(table: str, key: str, value: str) -> None:
    write(f"[{table}]\n{key} = {value}")
    (problem,) = problems()
    assert problem.startswith(f"[{table}] {key} in daily-papers.toml:2: expected ")


def test_every_key_has_one_environment_variable() -> None:
    keys: list[tuple[str, ...]] = [(key,) for key in Settings.model_fields if key not in TABLES]
    keys += [(table, key) for table, model in TABLES.items() for key in model.model_fields]
    assert list(VARIABLES.values()) == keys


def test_variables_have_the_name_of_their_key_and_some_also_that_of_the_table() -> None:
    names: dict[tuple[str, ...], str] = {("huggingface", "token"): "HF_TOKEN"}
    for table in ("huggingface", "arxiv"):
        names[table, "url"] = f"{PREFIX}{table.upper()}_URL"
    for table in ("writer", "publish", "backup", "keep", "http", "about", "search"):
        names |= {
            (table, key): f"{PREFIX}{table.upper()}_{key.upper()}"
            for key in TABLES[table].model_fields
        }
    assert list(VARIABLES) == [
        names.get(key, PREFIX + key[-1].upper()) for key in VARIABLES.values()
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("HUGGINGFACE_TOKEN", "HF_TOKEN"),
        ("HF_TOKEN", "HF_TOKEN"),
        ("POSTING_NEWS_DAYS", "DAILY_PAPERS_NEWS_DAYS"),
        ("SOURCE", "DAILY_PAPERS_SOURCES"),
    ],
)
def test_a_variable_named_after_the_table_is_answered_with_the_right_name(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    monkeypatch.setenv(PREFIX + name, "x")
    assert problems() == (f"{PREFIX}{name} in the environment: {UNKNOWN} {nearest}",)


def test_a_variable_overrides_one_key_of_a_table_and_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("[posting]\nnews_days = 1\nwait_hours = 2\n")
    monkeypatch.setenv("DAILY_PAPERS_NEWS_DAYS", "3")
    assert load_settings(None, {}).posting == Posting(news_days=3, wait_hours=2)


def test_a_table_is_no_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAILY_PAPERS_POSTING", '{"news_days": 3}')
    (problem,) = problems()
    assert problem.startswith("DAILY_PAPERS_POSTING in the environment: there is no such setting")


def test_a_blank_value_in_a_table_counts_as_not_given() -> None:
    write('[posting]\nnews_days = ""\nwait_hours = 2')
    assert load_settings(None, {}).posting == Posting(wait_hours=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[posting]\nnews_day = 1",
            f"[posting] news_day in daily-papers.toml:2: {UNKNOWN} [posting] news_days",
        ),
        ("news_day = 1", f"news_day in daily-papers.toml:1: {UNKNOWN} [posting] news_days"),
        ("[posting]\ndigest = 1", f"[posting] digest in daily-papers.toml:2: {UNKNOWN} digests"),
        ("tokn = 1", f"tokn in daily-papers.toml:1: {UNKNOWN} token"),
        (
            "[huggingface]\ntokn = 1",
            f"[huggingface] tokn in daily-papers.toml:2: {UNKNOWN} [huggingface] token",
        ),
        ("[arxiv]\nurll = 1", f"[arxiv] urll in daily-papers.toml:2: {UNKNOWN} [arxiv] url"),
        ("arxiv = 1", "[arxiv] in daily-papers.toml:1: expected a table"),
        ("huggingface = 1", "[huggingface] in daily-papers.toml:1: expected a table"),
        (
            "[arxiv]\nurl = 1",
            "[arxiv] url in daily-papers.toml:2: expected an address, in quotes",
        ),
        (
            "[huggingface]\ntoken = 1",
            "[huggingface] token in daily-papers.toml:2: expected text in quotes",
        ),
        ("[postings]\nnews_days = 1", f"postings in daily-papers.toml:1: {UNKNOWN} [posting]"),
        ("posting = 1", "[posting] in daily-papers.toml:1: expected a table"),
        (
            "posting.news_days = -1",
            "[posting] news_days in daily-papers.toml:1: expected a number of days, 0 to 31",
        ),
        (
            "posting = {wait_hours = 1, news_days = -1}",
            "[posting] news_days in daily-papers.toml:1: expected a number of days, 0 to 31",
        ),
    ],
)
def test_problems_of_a_table_name_table_key_and_line(text: str, expected: str) -> None:
    write(text)
    assert problems() == (expected,)


def test_the_line_of_a_key_is_not_that_of_a_comment_or_text_with_its_name() -> None:
    write('# log_level\ndatabase = """\nlog_level = 1\n"""\n\nlog_level = "loud" # log_level\n')
    (problem,) = problems()
    assert problem.startswith("log_level in daily-papers.toml:6: expected one of")


def test_a_key_written_with_an_escape_is_named_without_a_line() -> None:
    write('"log\\u005flevel" = "loud"')
    (problem,) = problems()
    assert problem.startswith("log_level in daily-papers.toml: expected one of")


def test_top_level_keys_of_version_0_1_0_still_work_and_are_reported() -> None:
    write('news_days = 1\nwait_hours = 2\nlog_level = "error"\nrequests_per_second = 3\n')
    settings = load_settings(None, {})
    assert settings.posting == Posting(news_days=1, wait_hours=2, requests_per_second=3)
    assert settings.log_level is LogLevel.ERROR
    assert outdated_keys(None) == tuple(
        f"{key} in daily-papers.toml:{line}: belongs in the table [posting] now; it still works "
        "where it is"
        for line, key in [(1, "news_days"), (2, "wait_hours"), (4, "requests_per_second")]
    )


def test_a_wrong_top_level_key_of_version_0_1_0_is_reported_with_its_place() -> None:
    write('\nnews_days = 99\nposting = "x"')
    assert set(problems()) == {"[posting] in daily-papers.toml:3: expected a table"}
    write("\nnews_days = 99\n[posting]\nwait_hours = 1\n")
    assert problems() == ("news_days in daily-papers.toml:2: expected a number of days, 0 to 31",)


def test_a_key_in_both_places_is_refused() -> None:
    write("news_days = 1\n[posting]\nnews_days = 2")
    assert problems() == (
        "news_days in daily-papers.toml:1: is also in the table [posting]; keep that one alone",
    )


def test_no_key_of_the_documented_defaults_is_outdated() -> None:
    write((files("config") / "default.toml").read_text(encoding="utf-8"))
    assert outdated_keys(None) == ()
    assert outdated_keys(Path("daily-papers.toml")) == ()


def test_without_a_file_no_key_is_outdated() -> None:
    assert outdated_keys(None) == ()


def test_no_frame_of_a_failure_holds_a_token_of_the_file() -> None:
    write(f'token = "{TOKEN}"\nlog_level = "loud"')
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "load_settings" in "".join(shown.format())
    assert TOKEN not in "".join(shown.format())


@pytest.mark.skipif(os.name != "posix", reason="there are no permissions of others here")
@pytest.mark.parametrize(
    ("text", "mode", "is_exposed"),
    [
        (f'token = "{TOKEN}"', 0o644, True),
        (f'token = "{TOKEN}"', 0o640, True),
        (f'token = "{TOKEN}"', 0o604, True),
        (f'[huggingface]\ntoken = "{TOKEN}"', 0o644, True),
        (f'[huggingface]\ntoken = "{TOKEN}"', 0o600, False),
        ('[huggingface]\ntoken = ""', 0o644, False),
        ("huggingface = 1", 0o644, False),
        (f'token = "{TOKEN}"', 0o600, False),
        ('log_level = "info"', 0o644, False),
        ('token = ""', 0o644, False),
    ],
)
def test_a_file_with_a_token_that_others_can_read_is_found(
    text: str, mode: int, is_exposed: bool
) -> None:
    file = write(text)
    file.chmod(mode)
    assert exposed_token_file(None) == (file if is_exposed else None)
    assert exposed_token_file(file) == (file if is_exposed else None)


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions here")
def test_a_file_that_only_its_owner_may_read_is_read(lock: Callable[..., None]) -> None:
    file = write(f'token = "{TOKEN}"')
    lock(file, 0o400)
    settings = load_settings(file, {})
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert exposed_token_file(file) is None


def test_without_a_file_none_is_exposed() -> None:
    assert exposed_token_file(None) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_read_a_second_time() -> None:
    os.mkfifo("pipe.toml", 0o644)
    assert exposed_token_file(Path("pipe.toml")) is None


def test_the_address_of_a_service_is_none_unless_it_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings(None, {}).huggingface == HuggingFace(url=None, token=None)
    assert load_settings(None, {}).arxiv == Arxiv(url=None)
    write('[huggingface]\nurl = "http://127.0.0.1:1/"\n[arxiv]\nurl = "https://export.example"')
    monkeypatch.setenv("DAILY_PAPERS_ARXIV_URL", "http://127.0.0.1:2/")
    assert load_settings(None, {}).huggingface.url == "http://127.0.0.1:1"
    assert load_settings(None, {}).arxiv.url == "http://127.0.0.1:2"
    monkeypatch.setenv("DAILY_PAPERS_HUGGINGFACE_URL", " ")
    assert load_settings(None, {}).huggingface.url == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("table", "example"),
    [("huggingface", "https://huggingface.co"), ("arxiv", "https://export.arxiv.org")],
)
def test_a_wrong_address_of_a_service_is_answered_with_the_usual_one(
    table: str, example: str
) -> None:
    write(f'[{table}]\nurl = "ftp://x"')
    assert problems() == (
        (
            f"[{table}] url in daily-papers.toml:2: expected an address such as {example}, "
            "without user name, “?” and “#” in it"
        ),
    )


@pytest.mark.parametrize("name", ["HF_TOKEN", "hf_token"])
def test_the_token_of_hugging_face_has_the_variable_of_its_own_programs(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write('[huggingface]\ntoken = "of-the-file"')
    monkeypatch.setenv(name, f' "{HF_TOKEN}"\n')
    token = load_settings(None, {}).huggingface.token
    assert token is not None
    assert token.get_secret_value() == HF_TOKEN
    monkeypatch.setenv(name, "")
    token = load_settings(None, {}).huggingface.token
    assert token is not None
    assert token.get_secret_value() == "of-the-file"


@pytest.mark.parametrize(
    ("given_token", "expected"),
    [
        (f"Bearer {HF_TOKEN}", "the token alone, without “Bearer” before it"),
        (
            f"{HF_TOKEN} x",
            "one word of plain ASCII letters, digits and marks, as Hugging Face shows it",
        ),
    ],
)
def test_a_wrong_token_of_hugging_face_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, given_token: str, expected: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", given_token)
    write(f'[huggingface]\ntoken = "{given_token}"')
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    assert caught.value.problems == (
        f"HF_TOKEN in the environment: expected {expected}",
        f"[huggingface] token in daily-papers.toml:2: expected {expected}",
    )
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    # The first frame is that of this test.
    assert HF_TOKEN not in str([frame.locals for frame in shown.stack[1:]])


def test_the_archive_is_off_unless_it_has_a_folder() -> None:
    assert load_settings(None, {}).publish == Publish(folder=None, url=None)


def test_the_address_of_the_archive_has_no_final_slash() -> None:
    write('[publish]\nurl = "https://example.org/papers/"')
    assert load_settings(None, {}).publish.url == "https://example.org/papers"
    write('[publish]\nurl = "example.org"')
    (problem,) = problems()
    assert problem.startswith("[publish] url in daily-papers.toml:2: expected an address such as ")
