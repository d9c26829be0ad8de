import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from config.texts import FALLBACK, Catalogue, TextError

SAMPLE = {
    "en/a.ftl": """
-product = Daily Papers
hello = Hello { $name }, this is { -product }
papers = { $count ->
    [one] { $count } paper
   *[other] { $count } papers
}
on-day = On { $day }
short-day = { DATETIME($day, dateStyle: "short") }
media = { $kind ->
    [video] moving
   *[image] still
}
only-attributes =
    .label = A label
""",
    "en/b.ftl": "second-file = Second",
    "en/README.md": "not a text file",
    "ko/a.ftl": """
hello = { $name } 님, 안녕하세요
papers = 논문 { $count }편
on-day = { $day }에
""",
}


@pytest.fixture
def write_locales(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    def write(texts: dict[str, str]) -> Path:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def catalogue(write_locales: Callable[[dict[str, str]], Path]) -> Catalogue:
    return Catalogue.load(write_locales(SAMPLE))


def test_the_fallback_is_the_first_language(catalogue: Catalogue) -> None:
    assert catalogue.languages == (FALLBACK, "ko")


def test_the_files_of_a_language_are_merged(catalogue: Catalogue) -> None:
    english = catalogue.for_locale("en")
    assert english.keys() == {"hello", "papers", "on-day", "short-day", "media", "second-file"}
    assert english("second-file") == "Second"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("ja", "en"),
        ("zh-CN", "en"),
        ("es-419", "en"),
        ("", "en"),
        ("no such locale", "en"),
    ],
)
def test_a_locale_gets_its_language_or_the_fallback(
    catalogue: Catalogue, locale: str, language: str
) -> None:
    assert catalogue.for_locale(locale).language == language


@pytest.mark.parametrize(
    ("locale", "count", "text"),
    [
        ("en-US", 1, "1 paper"),
        ("en-US", 0, "0 papers"),
        ("en-US", 5488, "5,488 papers"),
        ("ko", 1, "논문 1편"),
        ("ko", 5488, "논문 5,488편"),
    ],
)
def test_plurals_and_numbers_follow_the_language(
    catalogue: Catalogue, locale: str, count: int, text: str
) -> None:
    assert catalogue.for_locale(locale)("papers", count=count) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-US", "On February 21, 2025"),
        ("en-GB", "On 21 February 2025"),
        ("ko", "2025년 2월 21일에"),
    ],
)
def test_dates_follow_the_locale(catalogue: Catalogue, locale: str, text: str) -> None:
    assert catalogue.for_locale(locale)("on-day", day=date(2025, 2, 21)) == text


def test_a_text_can_choose_another_date_style(catalogue: Catalogue) -> None:
    assert catalogue.for_locale("en-US")("short-day", day=date(2025, 2, 21)) == "2/21/25"


def test_a_datetime_is_formatted_with_hour_and_minute(catalogue: Catalogue) -> None:
    at = datetime(2025, 2, 21, 8, 5, tzinfo=UTC)
    # Babel 2.18 and older have no Korean words for the halves of a day.
    korean = {"2025년 2월 21일 오전 8:05에", "2025년 2월 21일 AM 8:05에"}
    assert catalogue.for_locale("ko")("on-day", day=at) in korean


def test_arguments_are_inserted_without_isolation_marks(catalogue: Catalogue) -> None:
    assert catalogue.for_locale("en")("hello", name="<@1>") == "Hello <@1>, this is Daily Papers"


def test_a_long_argument_is_inserted_in_full(catalogue: Catalogue) -> None:
    assert catalogue.for_locale("en")("hello", name="x" * 6000).count("x") == 6000


def test_an_argument_is_not_parsed_as_fluent(catalogue: Catalogue) -> None:
    assert "{ $count }" in catalogue.for_locale("en")("hello", name="{ $count }")


def test_members_of_an_enum_select_a_variant(catalogue: Catalogue) -> None:
    class Kind(StrEnum):
        VIDEO = "video"

    assert catalogue.for_locale("en")("media", kind=Kind.VIDEO) == "moving"


def test_decimals_are_formatted_as_numbers(catalogue: Catalogue) -> None:
    assert catalogue.for_locale("en")("papers", count=Decimal("2.5")) == "2.5 papers"


def test_an_unknown_key_is_an_error_that_names_it(catalogue: Catalogue) -> None:
    with pytest.raises(TextError, match="no text “helo” in “ko”"):
        catalogue.for_locale("ko")("helo")


def test_a_message_with_only_attributes_has_no_text(catalogue: Catalogue) -> None:
    with pytest.raises(TextError, match="only-attributes"):
        catalogue.for_locale("en")("only-attributes")


def test_a_missing_argument_is_an_error_that_names_it(catalogue: Catalogue) -> None:
    with pytest.raises(TextError, match=r"“hello” in “en” can't be shown: .*name"):
        catalogue.for_locale("en")("hello")


@pytest.mark.parametrize("value", [None, True, ["a"], 41771983423143937])
def test_an_argument_of_another_type_or_as_large_as_an_id_is_an_error(
    catalogue: Catalogue, value: object
) -> None:
    with pytest.raises(TextError, match=r"“hello” was given .* as \$name"):
        catalogue.for_locale("en")("hello", name=value)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ({"en/a.ftl": "fine = Fine\n\nbroken = { $name"}, r"en/a\.ftl:3: Expected token"),
        (
            {"en/a.ftl": "a = A\n", "en/b.ftl": "\na = B"},
            r"en/b\.ftl:2: “a” is already in en/a\.ftl:1",
        ),
        ({"en/a.ftl": "-a = A\n-a = B\n"}, r"en/a\.ftl:2: “-a” is already in en/a\.ftl:1"),
    ],
)
def test_an_error_in_a_file_is_reported_with_its_line(
    write_locales: Callable[[dict[str, str]], Path], texts: dict[str, str], reason: str
) -> None:
    with pytest.raises(TextError, match=reason):
        Catalogue.load(write_locales(texts))


def test_texts_are_loaded_from_a_zip_file(tmp_path: Path) -> None:
    packed = tmp_path / "texts.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in SAMPLE.items():
            archive.writestr(f"locales/{name}", text)
    with zipfile.ZipFile(packed) as archive:
        catalogue = Catalogue.load(zipfile.Path(archive, "locales/"))
        assert catalogue.for_locale("ko")("papers", count=3) == "논문 3편"


def test_a_command_is_a_link_as_soon_as_its_id_is_known(
    write_locales: Callable[[dict[str, str]], Path],
) -> None:
    catalogue = Catalogue.load(
        write_locales({"en/a.ftl": 'none = Start with { COMMAND("schedule add") }.'})
    )
    british = catalogue.for_locale("en-GB")
    assert british("none") == "Start with /schedule add."
    catalogue.set_command_ids({"schedule": 7, "paper": 8})
    assert british("none") == "Start with </schedule add:7>."
    assert catalogue.for_locale("en-US")("none") == "Start with </schedule add:7>."
    catalogue.set_command_ids({})
    assert british("none") == "Start with /schedule add."


def test_a_time_of_day_is_written_as_people_of_the_locale_write_it(catalogue: Catalogue) -> None:
    written = {
        locale: catalogue.for_locale(locale).format_time(time(20, 5))
        for locale in ("en-US", "en-GB", "ko", "fr")
    }
    assert written == {
        "en-US": "8:05\u202fPM",
        "en-GB": "20:05",
        "ko": "오후 8:05",
        "fr": "8:05\u202fPM",
    }
