"""Read the body of an answer, within a limit that also holds after decompression."""

import zlib
from typing import Final

import aiohttp

from bot.sources.errors import SourceError

_GZIP: Final = 16 + zlib.MAX_WBITS
_MIB: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024


async def read_body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the body of an answer that was asked for plain or gzip.

    Args:
        response: Of a session that does not decompress by itself.
        most: The largest size, compressed and decompressed.

    Raises:
        SourceError: It is larger, in another encoding, or the compressed data are damaged.
        aiohttp.ClientPayloadError: The connection ended before the body did.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise SourceError("answered in a compression that wasn't asked for")
    if (response.content_length or 0) > most:
        raise _too_large(most)
    is_gzip = encoding.endswith("gzip")
    gunzip = _Gunzip(most)
    body = bytearray()
    received = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        received += len(chunk)
        if received > most:
            raise _too_large(most)
        body += gunzip.feed(chunk) if is_gzip else chunk
    if is_gzip and received and not gunzip.is_complete:
        raise aiohttp.ClientPayloadError("The compressed data end too early")
    return bytes(body)


class _Gunzip:
    """Decompresses gzip, also of several members, up to a size."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most
        self._member = zlib.decompressobj(_GZIP)

    @property
    def is_complete(self) -> bool:
        """Whether the data so far end with a whole member."""
        return self._member.eof

    def feed(self, data: bytes) -> bytes:
        """Return what more data decompress to.

        Raises:
            SourceError: The size is exceeded, or the data are no gzip.
        """
        parts = []
        while data:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            try:
                # One byte beyond the limit says that there is more.
                part = self._member.decompress(data, self._left + 1)
            except zlib.error:
                raise SourceError("answered damaged compressed data") from None
            if len(part) > self._left:
                raise _too_large(self._most)
            self._left -= len(part)
            parts.append(part)
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return b"".join(parts)


def _too_large(most: int) -> SourceError:
    size = f"{most // _MIB} MiB" if most >= _MIB else f"{most:,} bytes"
    return SourceError(f"answered more than {size}")
