"""Validation of the addresses of pictures and videos, before they are stored or sent."""

import ipaddress
import re
from enum import StrEnum
from typing import Final

LONGEST_ADDRESS: Final = 2_048
"""UTF-16 code units; what Discord accepts in an embed."""
_LONGEST_HOST: Final = 253
_LONGEST_LABEL: Final = 63
_LAST_PORT: Final = 65_535
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

# RFC 3986 with the characters that RFC 3987 adds. Discord accepts brackets in a query, nowhere
# else. Its error codes are those of the library schematics, whose pattern is the model:
# https://github.com/schematics/schematics/blob/master/schematics/types/net.py
_BEYOND_ASCII = "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_IN_PATH = rf"A-Za-z0-9\-._~!$&'()*+,;=%:@{_BEYOND_ASCII}"
_ADDRESS = re.compile(
    # To ignore the case of all of it would double the time that each start takes for it.
    r"(?i:https?)://(?P<authority>[^/?#]+)"
    rf"(?:/[{_IN_PATH}/]*)?(?:\?[{_IN_PATH}/?\[\]]*)?(?:#[{_IN_PATH}/?]*)?"
)
_WEB = re.compile(r"https?://[^\s/?#<>\"\\]+[^\s<>\"]*", re.IGNORECASE)
_AUTHORITY = re.compile(
    rf"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9.\-{_BEYOND_ASCII}]+))"
    r"(?::(?P<port>[0-9]{2,5}))?"
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]{2,}", re.IGNORECASE)
_PRIVATE_NAMES: Final = (
    ".localhost",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".home.arpa",
    ".localdomain",
)
"""Suffixes of names that the public DNS doesn't resolve. Sources: RFC 6761, 6762, 8375; ICANN."""


class AddressFault(StrEnum):
    """Why an address is rejected."""

    NOT_WEB = "not-web"
    """It is relative, or neither `http` nor `https`."""
    TOO_LONG = "too-long"
    CREDENTIALS = "credentials"
    """It names a user or a password."""
    MALFORMED = "malformed"
    """Discord answers 50035, "Not a well formed URL": a host without a dot, a bad port …"""
    PRIVATE = "private"
    """It is in a private network, or the machine itself."""


def address_fault(url: str) -> AddressFault | None:
    """Return why the address of a picture or a video is rejected; `None` if it is valid.

    Discord rejects a whole message for one malformed address. Private addresses and credentials
    must not be shown in a public channel.

    >>> address_fault("https://example.org/a.png")
    >>> address_fault("http://localhost/a.png")
    <AddressFault.MALFORMED: 'malformed'>
    """
    if not _WEB.fullmatch(url):
        return AddressFault.NOT_WEB
    if len(url.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_ADDRESS:
        return AddressFault.TOO_LONG
    address = _ADDRESS.fullmatch(url)
    # Spaces and directional marks beyond ASCII are not printable.
    if address is None or not url.isprintable():
        return AddressFault.MALFORMED
    credentials, at, authority = address["authority"].rpartition("@")
    if at or credentials:
        return AddressFault.CREDENTIALS
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or not 0 < int(parts["port"] or 80) <= _LAST_PORT:
        return AddressFault.MALFORMED
    return _ip_fault(parts["ipv6"]) if parts["ipv6"] else _name_fault(parts["name"])


def _name_fault(name: str) -> AddressFault | None:
    """Return the fault of a host that is an IPv4 address or a name."""
    whole, name = name, name.removesuffix(".").lower()
    # Python's IDNA codec is slow with long names.
    if len(name) > _LONGEST_HOST:
        return AddressFault.MALFORMED
    try:
        name = name.encode("ascii" if name.isascii() else "idna").decode("ascii")
    except UnicodeError:
        return AddressFault.MALFORMED
    labels = name.split(".")
    if labels[-1].isdecimal():
        # Discord takes a dot at the end of a name, not of an IP address.
        return AddressFault.MALFORMED if whole.endswith(".") else _ip_fault(name)
    if (
        len(name) > _LONGEST_HOST
        or len(labels) == 1
        or not _TOP_LEVEL.fullmatch(labels[-1])
        or not all(len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels)
    ):
        return AddressFault.MALFORMED
    return AddressFault.PRIVATE if name.endswith(_PRIVATE_NAMES) else None


def _ip_fault(text: str) -> AddressFault | None:
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return AddressFault.MALFORMED
    # `is_global` ignores an IPv4 address that is embedded in an IPv6 address.
    is_translated = isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped is not None
        or ip.sixtofour is not None
        or ip.teredo is not None
        or ip in _NAT64
    )
    is_public = ip.is_global and not ip.is_multicast and not is_translated
    return None if is_public else AddressFault.PRIVATE
