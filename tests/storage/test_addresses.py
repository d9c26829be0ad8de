import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.rules.messages import EMBED
from bot.sandbox.rules.shape import errors_of
from storage.addresses import LONGEST_ADDRESS, AddressFault, address_fault

GOOD = (
    "https://example.org/a.png",
    "HTTP://Example.ORG./a_(1)~'!.png?x[0]=%20&y=/?#z?",
    "https://example.org:8080",
    "https://8.8.8.8/a.png",
    "https://[2606:4700::1111]:8080/a.png",
    "https://논문.example.org/그림.png",
    "https://xn--bj0bj06e.xn--3e0b707e/a.png",
    "https://example.org/" + "a" * (LONGEST_ADDRESS - 20),
)
BAD = {
    AddressFault.NOT_WEB: (
        "",
        "/avatars/a.svg",
        "a.png",
        "//example.org/a.png",
        "ftp://example.org/a.png",
        "data:image/png;base64,AAAA",
        "https://",
        "https:///a.png",
        "https://example.org/a b.png",
    ),
    AddressFault.TOO_LONG: (
        "https://example.org/" + "a" * (LONGEST_ADDRESS - 19),
        "https://example.org/" + "👩" * 1_015,
    ),
    AddressFault.CREDENTIALS: (
        "https://user@example.org/a.png",
        "https://user:word@example.org/a.png",
        "https://@example.org/a.png",
    ),
    AddressFault.MALFORMED: (
        "http://localhost/a.png",
        "https://host-without-a-dot/a.png",
        "https://example./a.png",
        "https://.org/a.png",
        "https://a..org/a.png",
        "https://-a.org/a.png",
        "https://under_score.example.org/a.png",
        "https://example.org1/a.png",
        f"https://{'a' * 64}.org/a.png",
        f"https://{'a.' * 127}org/a.png",
        f"https://{'가.' * 70}org/a.png",
        "https://127.1/a.png",
        "https://0x7f.0.0.1/a.png",
        "https://300.1.1.1/a.png",
        "https://[::1/a.png",
        "https://[1:2:3]/a.png",
        "https://[v1.a]/a.png",
        "https://example.org:/a.png",
        "https://example.org:0/a.png",
        "https://example.org:00/a.png",
        "https://example.org:port/a.png",
        "https://example.org:65536/a.png",
        "https://example.org:8080:8080/a.png",
        "https://example.org/a[1].png",
        "https://example.org/a\\b.png",
        "https://example.org/a^b.png",
        "https://example.org/a\x07.png",
        "https://example.org/\u202egnp.png",
        "https://example.org/\ud800.png",
    ),
    AddressFault.PRIVATE: (
        "http://127.0.0.1/a.png",
        "http://10.1.2.3:8080/a.png",
        "http://172.16.0.1/a.png",
        "http://192.168.0.1/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/a.png",
        "http://0.0.0.0/a.png",
        "http://224.0.0.1/a.png",
        "http://255.255.255.255/a.png",
        "http://１２７.０.０.１/a.png",
        "http://[::1]/a.png",
        "http://[fe80::1]/a.png",
        "http://[fd00::1]/a.png",
        "http://[::ffff:10.0.0.1]/a.png",
        "http://[2002:0a00:0001::]/a.png",
        "http://[64:ff9b::10.0.0.1]/a.png",
        "http://printer.local/a.png",
        "http://a.localhost./a.png",
        "http://wiki.internal/a.png",
    ),
}


@pytest.mark.parametrize("url", GOOD)
def test_address_that_anybody_can_open_has_no_fault(url: str) -> None:
    assert address_fault(url) is None


@pytest.mark.parametrize(
    ("fault", "url"), [(fault, url) for fault, urls in BAD.items() for url in urls]
)
def test_address_is_refused_with_its_fault(fault: AddressFault, url: str) -> None:
    assert address_fault(url) is fault


PIECES = st.sampled_from(
    [
        *("http://", "https://", "user:word@", "@", ":", ":8080", ":99999", ".", "..", "-", "_"),
        *("[", "]", "[::1]", "[2606:4700::1]", "8.8.8.8", "127.0.0.1", "example", "org", "1"),
        *("/", "?", "#", "%", "%2", "a", "가", "。", "ß", "\u202e", "\xa0", "\ufffd", "\\", "|"),
        *("xn--", "xn--a", "com", "'", "👩"),
    ]
)


@given(
    st.lists(PIECES | st.characters(), max_size=10).map("".join)
    | st.lists(PIECES, max_size=8).map(lambda parts: "https://" + "".join(parts))
)
@example("https://example.org/\ufffd")
@example("https://8.8.8.8.")
def test_address_without_fault_is_one_that_discord_accepts(url: str) -> None:
    if address_fault(url) is None:
        assert not errors_of(EMBED, {"image": {"url": url}})


@pytest.mark.parametrize("url", BAD[AddressFault.MALFORMED])
def test_discord_refuses_a_malformed_address(url: str) -> None:
    tree = errors_of(EMBED, {"image": {"url": url}})
    (error,) = tree["image"]["url"]["_errors"]
    assert error == {"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}
