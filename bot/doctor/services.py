"""Check that the services that papers come from, and the language model, can be reached."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, ok, to_do
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient, status_text
from config.settings import ARXIV_URL, HUGGINGFACE_URL, Settings, Writer
from config.sources import FILES_NAME, Source

_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_TIMEOUT: Final = 15.0


async def check_services(settings: Settings) -> list[Finding]:
    """Check every source over the network, the service for single papers, and the writer."""
    client = HttpClient(timeout=_TIMEOUT, patience=0.0)
    try:
        checks = [
            _check_source(client, settings, each)
            for each in settings.active_sources()
            if each.path is None
        ]
        if settings.sources != ():
            url = settings.arxiv.url or ARXIV_URL
            checks.append(_check_address(client, "arXiv", f"{url}/api/query?max_results=0"))
        if settings.writer.is_on:
            checks.append(_check_writer(client, settings.writer))
        return await asyncio.gather(*checks)
    finally:
        await client.close()


def check_folders(settings: Settings) -> list[Finding]:
    """Check that the folders of digests are there."""
    folders = [(each.name, each.path) for each in settings.active_sources() if each.path]
    if settings.digests is not None:
        folders.append((FILES_NAME, settings.digests))
    return [_check_folder(name, folder) for name, folder in folders]


def _check_folder(name: str, folder: Path) -> Finding:
    subject = f"source {name}"
    try:
        is_there = folder.is_dir() and any(True for _ in folder.iterdir())
    except OSError as error:
        return to_do(subject, f"{folder} can't be read: {error.strerror}")
    if not is_there:
        return to_do(subject, f"{folder} is empty or not there: put digests there, or change it")
    return ok(subject, str(folder))


async def _check_source(client: HttpClient, settings: Settings, source: Source) -> Finding:
    subject = f"source {source.name}"
    if source.url is not None:
        today = datetime.now(UTC).date()
        return await _check_address(client, subject, source.url.format(date=today))
    token = settings.huggingface.token
    headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token is not None else {}
    url = settings.huggingface.url or HUGGINGFACE_URL
    return await _check_address(client, subject, f"{url}/api/daily_papers?limit=1", headers)


async def _check_address(
    client: HttpClient, subject: str, url: str, headers: dict[str, str] | None = None
) -> Finding:
    """Check that something answers; that there is nothing for today is no fault."""
    try:
        response = await client.get(url, headers=headers, attempts=2)
    except SourceError as error:
        return to_do(subject, f"it {error}: check the network, its address, or try again later")
    if response.status in _REFUSED:
        return to_do(
            subject, f"it {status_text(response.status)}: check its address and access token"
        )
    return ok(subject, f"it {status_text(response.status)}")


async def _check_writer(client: HttpClient, writer: Writer) -> Finding:
    """Check that the model's server answers, without asking the model anything.

    Source of the route: https://platform.openai.com/docs/api-reference/models/list
    """
    subject = "language model"
    key = writer.key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key is not None else {}
    try:
        response = await client.get(f"{writer.url}/models", headers=headers, attempts=2)
    except SourceError as error:
        return to_do(subject, f"its server {error}: start it, or check [writer] url")
    if response.status in _REFUSED:
        return to_do(subject, f"its server {status_text(response.status)}: check [writer] key")
    names = _model_names(response.body) if response.status == HTTPStatus.OK else None
    if names is not None and writer.model not in names:
        known = ", ".join(sorted(names)[:5]) or "none"
        return to_do(
            subject, f"its server doesn't have {writer.model}, but {known}: change [writer] model"
        )
    has_model = "which its server has" if names is not None else "whose server answers"
    return ok(subject, f"{writer.model}, {has_model}")


def _model_names(body: bytes) -> Sequence[str] | None:
    """Return the names in a list of models; `None` if the answer is none."""
    try:
        return [str(each["id"]) for each in json.loads(body)["data"]]
    except (ValueError, LookupError, TypeError):
        return None
