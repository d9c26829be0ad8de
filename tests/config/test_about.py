from pathlib import Path

import pytest

from config.errors import SettingsError
from config.invite import Invite
from config.loading import load_settings
from config.settings import Settings


def load(text: str, folder: Path) -> Settings:
    (file := folder / "lab.toml").write_text(text, encoding="utf-8")
    return load_settings(file, {})


def test_nobody_is_named_or_offered_the_bot_by_default(tmp_path: Path) -> None:
    about = load("[about]\noperator = '  '\ninvite = ''", tmp_path).about
    assert (about.operator, about.invite) == (None, Invite.PRIVATE)


def test_the_operator_and_the_invite_are_read_from_file_and_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAILY_PAPERS_ABOUT_INVITE", "Public")
    about = load("[about]\noperator = ' Ann <ann@example.org> '", tmp_path).about
    assert (about.operator, about.invite) == ("Ann <ann@example.org>", Invite.PUBLIC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("operator = 3", r"\[about\] operator in .*: expected text in quotes"),
        ("operator = 'a\u2028b'", "one line of at most 200 characters"),
        (f"operator = '{'a' * 201}'", "one line of at most 200 characters"),
        ("invite = true", "one of private, public"),
        ("invite = 'all'", "one of private, public"),
    ],
)
def test_wrong_values_are_named(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=expected):
        load(f"[about]\n{text}", tmp_path)
