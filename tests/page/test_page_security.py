"""The page's server rejects foreign requests. No browser: these requests come from none."""

import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from browsing import Small
from small_bot import BotInteraction, connected
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.model import Attachment
from bot.sandbox.page import Action, Page, PageOptions

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass
class Line:
    """The WebSocket connection of the page's script to the server."""

    socket: aiohttp.ClientWebSocketResponse
    number: int = 0

    async def request(self, name: str, /, **content: object) -> Any:  # noqa: ANN401  any JSON
        """Send a request, and return the response."""
        self.number += 1
        await self.socket.send_json({"type": name, "number": self.number} | content)
        while (frame := await self.socket.receive_json(timeout=5)).get("to") != self.number:
            pass
        return frame.get("result", frame.get("error"))


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def line(http: aiohttp.ClientSession, small: Small) -> AsyncIterator[Line]:
    url, origin = f"{small.page.url}live", small.page.url.rstrip("/")
    async with http.ws_connect(url, origin=origin) as socket:
        yield Line(socket)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "[::1]:{port}"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["", "scripts.js", "live", "files/1/a.png", "nothing"])
async def test_requests_with_a_foreign_host_or_origin_are_refused(
    http: aiohttp.ClientSession, small: Small, headers: dict[str, str], path: str
) -> None:
    port = small.page.url.rsplit(":", 1)[1].strip("/")
    filled = {name: value.format(port=port) for name, value in headers.items()}
    async with http.get(small.page.url + path, headers=filled) as response:
        assert response.status == 403
        assert "script" not in await response.text()


async def test_only_the_page_itself_can_open_the_websocket(
    http: aiohttp.ClientSession, small: Small
) -> None:
    for origin in (None, "https://evil.example"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(f"{small.page.url}live", origin=origin)
        assert refused.value.status == 403


async def test_the_server_accepts_the_host_name_localhost(
    http: aiohttp.ClientSession, small: Small
) -> None:
    host = small.page.url.removeprefix("http://").strip("/").replace("127.0.0.1", "localhost")
    async with http.get(small.page.url, headers={"Host": host}) as response:
        assert response.status == 200
        assert f"ws://{host}" in response.headers["Content-Security-Policy"]


async def test_the_server_listens_only_on_loopback(small: Small) -> None:
    address = small.page.url.removeprefix("http://").strip("/")
    host, _, port = address.partition(":")
    assert host == "127.0.0.1"
    with socket.socket() as other:
        # On another address of this machine the port is free.
        other.bind(("127.0.0.2", int(port)))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "scripts.js",
        "styles.css",
        "locales/ko.json",
        "nothing",
        "../server.py",
        "%2e%2e/x",
    ],
)
async def test_each_response_restricts_the_browser_to_the_page(
    http: aiohttp.ClientSession, small: Small, path: str
) -> None:
    async with http.get(small.page.url + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert response.status == (404 if path[:1] in ("n", ".", "%") else 200)
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == "'self'"
    assert allowed["frame-ancestors"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("a.png", "image/png", True),
        ("a.html", "text/html", False),
        ("a.svg", "image/svg+xml", False),
        ("a.js", "text/javascript", False),
    ],
)
async def test_attachments_are_never_served_as_pages(
    http: aiohttp.ClientSession, small: Small, name: str, kind: str, shown: bool
) -> None:
    world = small.sandbox.world
    world.files[7] = Attachment(7, name, b"<script>alert(1)</script>", kind, "")
    async with http.get(f"{small.page.url}files/7/{name}") as response:
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["Content-Disposition"] == ("inline" if shown else "attachment")
        assert response.content_type == (kind if shown else "application/octet-stream")
    async with http.get(f"{small.page.url}files/8/{name}") as response:
        assert response.status == 404


async def test_ephemeral_messages_are_not_sent_to_other_people(small: Small, line: Line) -> None:
    @small.bot.tree.command()
    async def secret(interaction: BotInteraction) -> None:
        """Tell a secret."""
        await interaction.response.send_message("psst", ephemeral=True)

    bo = small.guild.add_member("Bo")
    async with connected(small.bot, small.sandbox):
        mine = await small.anna.slash("secret", small.general)
        theirs = await bo.slash("secret", small.general)
    assert mine.message
    assert theirs.message
    here = {"channel": str(small.general.id)}
    opened = await line.request("open", **here)
    assert [message["id"] for message in opened["messages"]] == [str(mine.message.id)]
    for name, more in (("message_json", {}), ("dismiss", {}), ("press", {"control": "x"})):
        answer = await line.request(name, **here, message=str(theirs.message.id), **more)
        assert answer == "The message is gone."


async def test_channels_hidden_from_a_person_are_not_sent(small: Small, line: Line) -> None:
    hidden = small.guild.add_channel("hidden")
    small.guild.set_overwrite(hidden, small.guild.everyone, deny=1 << 10)
    state = await line.request("hello")
    names = [channel["name"] for channel in state["places"]["guilds"][0]["channels"]]
    assert names == ["general"]
    assert await line.request("open", channel=str(hidden.id)) == "There is no such channel."
    answer = await line.request("send_message", channel=str(hidden.id), text="hello")
    assert answer == "There is no such channel."
    assert hidden.messages == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing", {}),
        ("switch_person", {"person": "1"}),
        ("switch_person", {}),
        ("open", {"channel": "x"}),
        ("open", {"channel": None}),
        ("run_action", {"action": "x"}),
        ("request_details", {"request": "x"}),
        ("slash_command", {"channel": "{here}", "path": "x", "options": []}),
        (
            "slash_command",
            {"channel": "{here}", "path": "x", "options": {"a": {"kind": "x", "id": 1}}},
        ),
        ("autocomplete", {"channel": "{here}", "path": "x", "option": "a", "focused": {}}),
        ("submit_modal", {"interaction": "1", "values": {}}),
        ("select", {"channel": "{here}", "message": "1"}),
    ],
)
async def test_malformed_requests_are_answered_and_change_nothing(
    small: Small, line: Line, name: str, content: dict[str, Any]
) -> None:
    here = str(small.general.id)
    filled = {key: here if value == "{here}" else value for key, value in content.items()}
    assert isinstance(await line.request(name, **filled), str)
    assert (await line.request("hello"))["you"]["name"] == "Anna"


@pytest.mark.parametrize(
    ("locale", "why"),
    [
        ("en-US", "Cannot do 'open': it may be gone."),
        ("ko", "대상이 이미 없어졌을 수 있습니다."),
        ("../ko", "Cannot do 'open': it may be gone."),
    ],
)
async def test_a_refusal_is_in_the_language_of_the_person(
    line: Line, locale: str, why: str
) -> None:
    await line.request("set_locale", locale=locale)
    assert await line.request("open", channel="x") == why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"number": "x", "type": "hello"}',
        '"x"',
        '{"number": 1e999, "type": "hello"}',
        '{"number": 1, "type": "hello", "more": [-1e999]}',
        '{"number": NaN, "type": "hello"}',
        '{"number": Infinity, "type": "hello"}',
        f'{{"number": 1{"0" * 5_000}, "type": "hello"}}',
        f'{{"number": 1, "type": {"[" * 60_000}{"]" * 60_000}}}',
        '{"number": 1, "type": ' + '{"a":' * 40_000,
    ],
)
async def test_invalid_websocket_messages_close_the_connection(
    line: Line, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    await line.socket.send_str(text)
    message = await line.socket.receive(timeout=5)
    assert message.type is aiohttp.WSMsgType.CLOSE
    assert message.data == aiohttp.WSCloseCode.UNSUPPORTED_DATA
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("digits", [21, 5_000, 8_000, 20_000])
async def test_an_id_of_thousands_of_digits_is_a_bad_request(
    http: aiohttp.ClientSession, small: Small, digits: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with http.get(f"{small.page.url}files/{'9' * digits}/a.png") as response:
        assert response.status == 400
    async with http.get(small.page.url) as response:
        assert response.status == 200
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("body", ["[1e999]", "[NaN]", "[" * 60_000, f"[1{'0' * 5_000}]"])
async def test_the_api_rejects_invalid_json(
    http: aiohttp.ClientSession, small: Small, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {
        "Authorization": f"Bot {small.sandbox.token}",
        "Content-Type": "application/json",
    }
    url = f"{small.sandbox.url}/channels/{small.general.id}/messages"
    async with http.post(url, data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["code"] == 50109
    assert not [record for record in caplog.records if record.exc_info]


async def test_an_action_that_fails_says_so_and_is_logged(
    http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_person: object) -> None:
        raise RuntimeError("no")

    async with Sandbox() as sandbox:
        sandbox.add_guild("Lab").add_channel("general")
        async with (
            Page(sandbox, PageOptions(actions=[Action("x", {"en": "X"}, fail)])) as page,
            http.ws_connect(f"{page.url}live", origin=page.url.rstrip("/")) as socket,
        ):
            await socket.send_json({"type": "run_action", "number": 1, "action": "x"})
            answer = await socket.receive_json(timeout=5)
    assert answer["error"] == "'x' failed; the log says why."
    assert "RuntimeError: no" in caplog.text


async def test_a_browser_that_has_gone_before_it_is_answered_is_no_error(
    http: aiohttp.ClientSession, small: Small, caplog: pytest.LogCaptureFixture
) -> None:
    url = URL(small.page.url)
    request = (
        f"GET /live HTTP/1.1\r\nHost: {url.authority}\r\nOrigin: {url.origin()}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    for _ in range(5):
        with socket.create_connection((url.host, url.port)) as client:
            # To close it resets the connection.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(request.encode())
    # They were connected before.
    async with http.get(url) as response:
        assert response.ok
    assert not caplog.records


async def test_a_port_in_use_raises_an_error_at_start(small: Small) -> None:
    port = int(small.page.url.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(OSError, match="address already in use"):
        async with Page(small.sandbox, port=port):
            pass
