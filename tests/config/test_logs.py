import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr

from config.log_format import LogFormat
from config.log_level import LogLevel
from config.logs import JsonFormatter, configure_logging

TOKEN = "made.up-for.the_tests-of-the-settings"
HF_TOKEN = "hf_MadeUpForTheTestsOfTheLogs"
INTERACTION_TOKEN = "made-up-for-the-tests_of-the-logs"

SECRETS = (SecretStr(TOKEN), SecretStr(HF_TOKEN))

log = logging.getLogger("tests.logs")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging(LogLevel.DEBUG, SECRETS, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_the_token_of_the_bot_is_never_logged(stream: io.StringIO) -> None:
    def connect(authorization: str) -> None:
        raise ValueError(f"cannot connect with {authorization}")

    log.debug("message %s", TOKEN)
    log.debug("headers %s", {"Authorization": f"Bot {TOKEN}"})
    try:
        connect(TOKEN)
    except ValueError:
        log.exception("failed", stack_info=True)
    written = stream.getvalue()
    assert TOKEN not in written
    assert written.count("[token]") == 3
    assert "Traceback" in written


def test_the_token_of_hugging_face_is_never_logged(stream: io.StringIO) -> None:
    log.warning("headers %s", {"Authorization": f"Bearer {HF_TOKEN}"})
    assert HF_TOKEN not in stream.getvalue()
    assert "Bearer [token]" in stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "POST https://discord.com/api/v10/webhooks/41771983423143937/{}/messages/@original",
        "POST https://discord.com/api/v10/interactions/41771983423143937/{}/callback",
        "WebSocket Event: {{'t': 'INTERACTION_CREATE', 'd': {{'token': '{}', 'type': 2}}}}",
        '{{"type":2,"token":"{}"}}',
    ],
)
def test_the_token_of_an_interaction_is_never_logged(stream: io.StringIO, text: str) -> None:
    log.info("%s", text.format(INTERACTION_TOKEN))
    assert text.format("[token]") in stream.getvalue()


def test_control_characters_are_escaped(stream: io.StringIO) -> None:
    log.info("guild %s", "\x1b[2J\x9bA\r")
    assert stream.getvalue().endswith("guild \\x1b[2J\\x9bA\\x0d\n")


def test_a_log_line_has_time_level_and_logger(stream: io.StringIO) -> None:
    log.warning("late")
    assert stream.getvalue().split(" ", 1)[1] == "WARNING tests.logs: late\n"
    assert stream.getvalue().split(" ", 1)[0].endswith("Z")


def test_a_second_configuration_replaces_the_first(stream: io.StringIO) -> None:
    second = io.StringIO()
    configure_logging(LogLevel.ERROR, (), stream=second)
    log.warning("dropped")
    log.error("kept")
    assert stream.getvalue() == ""
    assert second.getvalue().count("\n") == 1


@pytest.mark.usefixtures("stream")
@pytest.mark.parametrize(
    ("level", "shown"), [(LogLevel.INFO, False), (LogLevel.ERROR, False), (LogLevel.DEBUG, True)]
)
def test_verbose_libraries_log_only_at_debug(level: LogLevel, shown: bool) -> None:
    written = io.StringIO()
    configure_logging(level, (), stream=written)
    logging.getLogger("apscheduler.executors.default").info("3 changes detected")
    assert ("3 changes" in written.getvalue()) is shown


@pytest.fixture
def json_stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging(
        LogLevel.DEBUG,
        SECRETS,
        form=LogFormat.JSON,
        ids=lambda: {"job": f"delivery:7 {TOKEN}", "delivery_id": 7},
        stream=stream,
    )
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_of_json_has_time_level_logger_message_and_ids(json_stream: io.StringIO) -> None:
    log.warning("late by %d", 3)
    (line,) = json_stream.getvalue().splitlines()
    values = json.loads(line)
    assert datetime.fromisoformat(values.pop("time")).utcoffset() == timedelta(0)
    assert values == {
        "level": "warning",
        "logger": "tests.logs",
        "message": "late by 3",
        "job": "delivery:7 [token]",
        "delivery_id": 7,
    }


def test_json_shows_no_token_and_one_line_per_record(json_stream: io.StringIO) -> None:
    def connect(authorization: str) -> None:
        raise ValueError(f"cannot connect with {authorization}\u2028\x1b[2J")

    try:
        connect(f"Bot {TOKEN}")
    except ValueError:
        log.exception("failed: %s", {"token": HF_TOKEN}, stack_info=True)
    log.info("POST /interactions/41771983423143937/%s/callback", INTERACTION_TOKEN)
    written = json_stream.getvalue()
    failed, request = map(json.loads, written.splitlines())
    assert not any(secret in written for secret in (TOKEN, HF_TOKEN, INTERACTION_TOKEN))
    assert "\x1b" not in failed["exception"]
    assert failed["exception"].startswith("Traceback")
    assert "cannot connect with Bot [token]" in failed["exception"]
    assert "test_json_shows_no_token" in failed["stack"]
    assert request["message"] == "POST /interactions/41771983423143937/[token]/callback"


@pytest.mark.parametrize("secret", ['quo"te\\s', "\u00e9\u2028x"])
def test_a_token_that_json_escapes_is_not_shown_either(secret: str) -> None:
    formatter = JsonFormatter([SecretStr(secret)])
    record = logging.LogRecord("x", logging.INFO, "", 1, f"key {secret}.", (), None)
    assert json.loads(formatter.format(record))["message"] == "key [token]."
