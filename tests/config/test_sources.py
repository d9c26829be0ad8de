import json
import os
import traceback
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.errors import SettingsError
from config.loading import load_settings
from config.setting_keys import SOURCE_KEYS, VARIABLES
from config.settings import Settings
from config.sources import DEFAULT_SOURCE, Source, SourceKind
from config.validators import check_url_template

ARCHIVE = "https://raw.example/{date:%Y/%m/%d}.md"
IN_FILE = "daily-papers.toml"
IN_ENVIRONMENT = "DAILY_PAPERS_SOURCES in the environment"
JSON_LIST = 'a JSON list of objects, such as [{"name": "huggingface", "kind": "huggingface"}]'
NAME = "a name of 1 to 40 lower-case letters (a to z), digits, - and _"
TEMPLATE = (
    "an address with the whole date, such as https://example.org/{date:%Y/%m/%d}.md, beginning "
    "with http:// or https:// and without “#”"
)
SECRET = "made-up-secret"
THREE = """
[[sources]]
name = "huggingface"
kind = "huggingface"
language = "en"

[[sources]]
name = "archive"
kind = "url"
url = "https://raw.example/{date:%Y/%m/%d}.md"
language = "ko"

[[sources]]
name = "ours_2"
kind = "folder"
path = "ours"
"""


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper() in VARIABLES]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, path: Path = Path(IN_FILE)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems() -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    return list(caught.value.problems)


def test_without_sources_and_folder_papers_come_from_hugging_face() -> None:
    settings = load_settings(None, {})
    assert settings.sources is None
    assert settings.active_sources() == (DEFAULT_SOURCE,)
    assert Source(name="huggingface", kind=SourceKind.HUGGINGFACE, language="en") == DEFAULT_SOURCE


def test_a_folder_of_digests_replaces_the_default_source() -> None:
    assert load_settings(None, {"digests": Path("d")}).active_sources() == ()


def test_given_sources_are_in_force_in_their_order_and_beside_a_folder_of_digests() -> None:
    write(f'digests = "d"\n{THREE}')
    settings = load_settings(None, {})
    assert settings.digests == Path("d")
    assert settings.active_sources() == (
        Source(name="huggingface", kind=SourceKind.HUGGINGFACE, language="en"),
        Source(name="archive", kind=SourceKind.URL, url=ARCHIVE, language="ko"),
        Source(name="ours_2", kind=SourceKind.FOLDER, path=Path("ours")),
    )


def test_an_empty_list_turns_every_source_off(monkeypatch: pytest.MonkeyPatch) -> None:
    write("sources = []")
    assert load_settings(None, {}).active_sources() == ()
    write(THREE)
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", " [] ")
    assert load_settings(None, {}).active_sources() == ()


def test_a_list_in_the_environment_replaces_that_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(THREE)
    given_sources = [
        {"name": "a", "kind": "folder", "path": "~/a", "language": None},
        {"name": "b", "kind": "folder", "path": "b"},
    ]
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", json.dumps(given_sources))
    assert load_settings(None, {}).sources == (
        Source(name="a", kind=SourceKind.FOLDER, path=Path.home() / "a"),
        Source(name="b", kind=SourceKind.FOLDER, path=Path("b")),
    )


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_variable_counts_as_not_given(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", blank)
    assert load_settings(None, {}).sources is None
    write("sources = []")
    assert load_settings(None, {}).sources == ()


def test_blank_values_of_a_source_count_as_not_given() -> None:
    write('[[sources]]\nname = "a"\nkind = "huggingface"\nlanguage = ""\npath = " "\nurl = ""')
    assert load_settings(None, {}).sources == (Source(name="a", kind=SourceKind.HUGGINGFACE),)


def test_a_relative_folder_in_a_file_is_relative_to_the_folder_of_that_file(tmp_path: Path) -> None:
    text = "".join(
        f"[[sources]]\nname = '{name}'\nkind = 'folder'\npath = '{path}'\n"
        for name, path in [("a", "a"), ("b", "~/b"), ("c", tmp_path / "c")]
    )
    file = write(text, tmp_path / "elsewhere" / "settings.toml")
    assert [source.path for source in load_settings(file, {}).active_sources()] == [
        tmp_path / "elsewhere" / "a",
        Path.home() / "b",
        tmp_path / "c",
    ]


def test_the_documented_example_is_right_once_it_is_no_comment_any_more() -> None:
    lines = (files("config") / "default.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("# [[sources]]")
    end = lines.index("", start)
    example = [line.removeprefix("#").removeprefix(" ") for line in lines[start:end]]
    write("\n".join([*lines[:start], *example, *lines[end:]]))
    sources = load_settings(None, {}).active_sources()
    assert [source.kind for source in sources] == ["huggingface", "url", "folder"]


def test_messages_know_every_key_of_a_source() -> None:
    assert tuple(("sources", key) for key in Source.model_fields) == SOURCE_KEYS


def test_sources_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        DEFAULT_SOURCE.name = "x"


def source(name: str = "a", kind: str = "huggingface", more: str = "# nothing more") -> str:
    """Return a table of four lines."""
    return f"[[sources]]\nname = '{name}'\nkind = '{kind}'\n{more}\n"


INLINE = """sources = [
    {name = 'a', kind = 'huggingface'}, # path
    {name = 'b', kind = 'folder'},
]
"""
FOLDER = source(kind="folder", more="path = 'p'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{FOLDER}[[sources]]\nkind = 'huggingface'",
            f"number 2 name in {IN_FILE}:5: is missing; expected a name, in quotes",
        ),
        (
            source(""),
            f"number 1 name in {IN_FILE}:2: is missing; expected a name, in quotes",
        ),
        (
            "[[sources]]\nname = 3\nkind = 'huggingface'",
            f"number 1 name in {IN_FILE}:2: expected a name, in quotes",
        ),
        (source("A"), f"number 1 name in {IN_FILE}:2: expected {NAME}"),
        (source("a" * 41), f"number 1 name in {IN_FILE}:2: expected {NAME}"),
        (source("é"), f"number 1 name in {IN_FILE}:2: expected {NAME}"),
        (
            "[[sources]]\nname = 'a\\u000a'\nkind = 'huggingface'".replace("'", '"'),
            f"number 1 name in {IN_FILE}:2: expected {NAME}",
        ),
        (
            source("files"),
            (
                f"number 1 name in {IN_FILE}:2: expected another name than files, under which what "
                "is ingested and the folder of the setting digests are stored"
            ),
        ),
        (
            source("huggingface", "folder", "path = 'p'"),
            f"number 1 kind in {IN_FILE}:3: expected huggingface, as the name is, or another name",
        ),
        (
            f"{FOLDER}# name\n{source()}",
            f"number 2 name in {IN_FILE}:7: expected a name of its own, as number 1 has this one",
        ),
        (
            source() + source("b", "folder", "path = 'p'") + source("c"),
            (
                f"number 3 kind in {IN_FILE}:11: expected another kind, as number 1 is of this "
                "one, and one is enough"
            ),
        ),
        (
            "[[sources]]\nname = 'a'",
            f"number 1 kind in {IN_FILE}:1: is missing; expected one of folder, url, huggingface",
        ),
        (
            source(kind="rss"),
            f"number 1 kind in {IN_FILE}:3: expected one of folder, url, huggingface",
        ),
        (
            "[[sources]]\nname = 'a'\nkind = ['url']",
            f"number 1 kind in {IN_FILE}:3: expected one of folder, url, huggingface",
        ),
        (
            source(more="language = 'EN'"),
            (
                f"number 1 language in {IN_FILE}:4: expected the code of a language in lower case, "
                "such as en or ko"
            ),
        ),
        (
            source(more="language = 3"),
            f"number 1 language in {IN_FILE}:4: expected the code of a language, in quotes",
        ),
        (
            FOLDER + source("b", "folder"),
            f"number 2 path in {IN_FILE}:5: is missing; expected the path of a folder, in quotes",
        ),
        (
            source(kind="folder", more="path = 3"),
            f"number 1 path in {IN_FILE}:4: expected the path of a folder, in quotes",
        ),
        (
            source(kind="folder", more="path = '~nobody-of-this-name/a'"),
            (
                f"number 1 path in {IN_FILE}:4: expected a path; the home folder that its “~” "
                "means is not known"
            ),
        ),
        (
            source(more="path = 'p'"),
            (
                f"number 1 path in {IN_FILE}:4: expected no path, as only a source of kind folder "
                "has one"
            ),
        ),
        (
            source(kind="url", more=f"path = 'p'\nurl = '{ARCHIVE}'"),
            (
                f"number 1 path in {IN_FILE}:4: expected no path, as only a source of kind folder "
                "has one"
            ),
        ),
        (
            source(kind="url"),
            (
                f"number 1 url in {IN_FILE}:1: is missing; expected an address with the date in "
                "it, in quotes"
            ),
        ),
        (
            source(kind="url", more="url = 3"),
            f"number 1 url in {IN_FILE}:4: expected an address with the date in it, in quotes",
        ),
        (
            source(kind="url", more="url = 'https://raw.example/today.md'"),
            f"number 1 url in {IN_FILE}:4: expected {TEMPLATE}",
        ),
        (
            source(more=f"url = '{ARCHIVE}'"),
            (
                f"number 1 url in {IN_FILE}:4: expected no url, as the address of Hugging Face is "
                "[huggingface] url"
            ),
        ),
        (
            source(kind="folder", more=f"path = 'p'\nurl = '{ARCHIVE}'"),
            f"number 1 url in {IN_FILE}:5: expected no url, as only a source of kind url has one",
        ),
        (
            source(more="langage = ''"),
            (
                f"number 1 langage in {IN_FILE}:4: there is no such setting; the nearest is "
                "[[sources]] language"
            ),
        ),
        (
            source(more="database = 'd'"),
            f"number 1 database in {IN_FILE}:4: there is no such setting; the nearest is database",
        ),
        (
            source(more="x = 1"),
            (
                f"number 1 x in {IN_FILE}:4: there is no such setting; there are [[sources]] name, "
                "[[sources]] kind, [[sources]] language, [[sources]] path, [[sources]] url"
            ),
        ),
        (
            INLINE,
            f"number 2 path in {IN_FILE}:1: is missing; expected the path of a folder, in quotes",
        ),
        ("sources = [3]", f"number 1 in {IN_FILE}:1: expected a table with name and kind"),
        ("sources = 3", f"in {IN_FILE}:1: expected tables, each below its own line [[sources]]"),
        (
            "\n[sources]\nname = 'a'\nkind = 'huggingface'",
            f"in {IN_FILE}:2: expected tables, each below its own line [[sources]]",
        ),
        (
            "sources = '[]'",
            f"in {IN_FILE}:1: expected tables, each below its own line [[sources]]",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named_with_table_key_and_line(text: str, expected: str) -> None:
    write(text)
    assert problems() == [f"[[sources]] {expected}"]


def test_a_wrong_name_of_the_table_is_answered_with_the_right_one() -> None:
    write("[[source]]\nname = 'a'")
    assert problems() == [
        f"source in {IN_FILE}:1: there is no such setting; the nearest is [[sources]]"
    ]


def test_all_mistakes_in_all_sources_are_reported_at_once() -> None:
    write(f"{source(kind='rss')}{source(more='path = 3')}[[sources]]\nname = 'A'\nkind = 'url'\n")
    assert sorted(line.split(": ")[0] for line in problems()) == [
        f"[[sources]] number 1 kind in {IN_FILE}:3",
        f"[[sources]] number 2 name in {IN_FILE}:6",
        f"[[sources]] number 2 path in {IN_FILE}:8",
        f"[[sources]] number 3 name in {IN_FILE}:10",
        f"[[sources]] number 3 url in {IN_FILE}:9",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huggingface", f": is not valid JSON at character 1; expected {JSON_LIST}"),
        ('[{"name": "a"},]', f": is not valid JSON at character 16; expected {JSON_LIST}"),
        ('{"name": "a", "kind": "huggingface"}', f": expected {JSON_LIST}"),
        ('"[]"', f": expected {JSON_LIST}"),
        ("null", f": expected {JSON_LIST}"),
        ("[3]", f": expected {JSON_LIST}"),
        ("[[]]", f": expected {JSON_LIST}"),
        ("[" * 100_000, f": expected {JSON_LIST}"),
        ("9" * 10_000, f": expected {JSON_LIST}"),
        ('[{"kind": "huggingface"}]', ", number 1, name: is missing; expected a name, in quotes"),
        (
            '[{"name": "a", "kind": "huggingface"}, {"name": "a", "kind": "folder", "path": "p"}]',
            ", number 2, name: expected a name of its own, as number 1 has this one",
        ),
        (
            '[{"name": "a", "kind": "rss"}]',
            ", number 1, kind: expected one of folder, url, huggingface",
        ),
        (
            '[{"name": "a", "kind": "huggingface", "x": ""}]',
            (
                ", number 1, x: there is no such setting; there are [[sources]] name, [[sources]] "
                "kind, [[sources]] language, [[sources]] path, [[sources]] url"
            ),
        ),
        (
            '[{"name": "a", "kind": "folder"}]',
            ", number 1, path: is missing; expected the path of a folder, in quotes",
        ),
        ('[{"name": "\\ud800", "kind": "huggingface"}]', f", number 1, name: expected {NAME}"),
    ],
    ids=lambda text: text[:40],
)
def test_a_mistake_in_the_environment_is_named_with_number_and_key(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", text)
    assert problems() == [IN_ENVIRONMENT + expected]


def test_mistakes_of_sources_are_reported_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", "x")
    monkeypatch.setenv("DAILY_PAPERS_LOG_LEVEL", "loud")
    write("[[sources]]\nname = 'a'")
    assert [line.split(" in ")[0] for line in problems()] == [
        "DAILY_PAPERS_SOURCES",
        "DAILY_PAPERS_LOG_LEVEL",
        "[[sources]] number 1 kind",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'[{{"name": "{SECRET}!", "kind": "{SECRET}", "language": "{SECRET}"}}]',
        f'[{{"name": "a", "kind": "url", "url": "https://{SECRET}@x/"}}]',
        f'[{{"token": "{SECRET}"}}]',
        f'"{SECRET}"',
        SECRET,
    ],
)
def test_no_failure_shows_what_was_given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("DAILY_PAPERS_SOURCES", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {})
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=5)


@given(
    SCALARS
    | st.lists(
        SCALARS
        | st.fixed_dictionaries(
            {},
            optional={
                "name": SCALARS | st.sampled_from(["a", "b"]),
                "kind": SCALARS | st.sampled_from(list(SourceKind)),
                **{key: SCALARS | st.lists(SCALARS) for key in ("language", "path", "url", "x")},
            },
        ),
        max_size=3,
    )
)
def test_any_json_gives_settings_or_a_settings_error(value: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAILY_PAPERS_SOURCES", json.dumps(value))
        try:
            load_settings(Path(os.devnull), {})
        except SettingsError as error:
            assert error.problems  # noqa: PT017 - either end is right; the error must say something


@pytest.mark.parametrize(
    ("template", "address"),
    [
        (ARCHIVE, "https://raw.example/2025/02/03.md"),
        ("http://127.0.0.1:8080/{date}", "http://127.0.0.1:8080/2025-02-03"),
        ("https://x.example/?day={date:%Y-%m-%d}", "https://x.example/?day=2025-02-03"),
        ("https://x.example/{date:%Y/%-m}/{date:%-d}.md", "https://x.example/2025/2/3.md"),
        (
            "https://x.example/{date:%G-W%V-%u%%}{{a}}100%25",
            "https://x.example/2025-W06-1%{a}100%25",
        ),
        ("https://{date:%Y}.example/{date:%B%d}", "https://2025.example/February03"),
        ("https://{date:%Y-%m-%d}.example/", "https://2025-02-03.example/"),
        ("https://x.example/{date:%Y}/{date:%j}?x={{1}}", "https://x.example/2025/034?x={1}"),
        ("http://user:password@x.example/{date}", "http://user:password@x.example/2025-02-03"),
    ],
)
def test_a_template_of_an_address_is_filled_with_the_date(template: str, address: str) -> None:
    assert check_url_template(template).format(date=date(2025, 2, 3)) == address


@pytest.mark.parametrize(
    "template",
    [
        "",
        "https://x.example/a.md",
        "https://x.example/{{date}}.md",
        "https://x.example/{day:%Y}.md",
        "https://x.example/{date}/{day}.md",
        "https://x.example/{}.md",
        "https://x.example/{0}.md",
        "https://x.example/{date.year}.md",
        "https://x.example/{date.__class__}.md",
        "https://x.example/{date[0]}.md",
        "https://x.example/{date!r}.md",
        "https://x.example/{date!s:>20}.md",
        "https://x.example/{date:%Y.md",
        "https://x.example/{date:%Y}}.md",
        "https://x.example/{date:{date}}.md",
        "https://x.example/{date:%Y{date}}.md",
        "https://x.example/{date:%Y%H}.md",
        "https://x.example/{date:%Q}.md",
        "https://x.example/{date:%Y%}.md",
        "https://x.example/{date:%%Y}.md",
        "https://x.example/{date:>999999999}.md",
        "https://x.example/{date:day}.md",
        "https://x.example/ {date}.md",
        "https://x.example/{date:%Y %m}.md",
        "https://x.example/#{date}",
        "https://x.example/{date:%Y}",
        "https://x.example/{date:%Y-%m}",
        "https://x.example/{date:%m-%d}",
        "https://x.example/{date:%H%Y%m%d}",
        "https://x.example/{date",
        "https://x.example/{date}}",
        "https://x.example:port/{date}",
        "https:///{date}",
        "ftp://x.example/{date}",
        "file:///{date}",
        "x.example/{date}",
        "/{date}",
        "https://[::1/{date}",
        "https://x.example/{date}\n",
        "https://x.example/{date}\ud800",
    ],
)
def test_a_wrong_template_of_an_address_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="an address with the whole date") as caught:
        check_url_template(template)
    assert str(caught.value) == TEMPLATE
    assert caught.value.__context__ is None


@given(st.text(alphabet="{}%:!.YmdH# @/dateps[]0-"))
def test_any_template_is_usable_or_refused(text: str) -> None:
    try:
        template = check_url_template(f"https://x.example/{text}")
    except ValueError:
        return
    assert template.format(date=date(2024, 1, 9)).startswith("https://x.example/")


def test_an_address_is_not_shown_as_it_may_hold_a_password() -> None:
    url = f"https://user:{SECRET}@x.example/{{date}}"
    settings = Settings(sources=(Source(name="a", kind=SourceKind.URL, url=url),))
    assert SECRET not in f"{settings} {settings!r} {settings.sources}"


def test_a_source_made_in_code_is_checked_like_one_that_is_given() -> None:
    with pytest.raises(ValidationError):
        Source(name="a", kind=SourceKind.FOLDER)
    twice = (DEFAULT_SOURCE, DEFAULT_SOURCE)
    with pytest.raises(ValidationError):
        Settings(sources=twice)
    assert Settings(sources=twice[:1]).active_sources() == (DEFAULT_SOURCE,)
