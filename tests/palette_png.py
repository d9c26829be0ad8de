"""Make PNGs small: with a palette of 256 colours, as a browser sees them."""

import base64
import struct
import zlib
from typing import Final

from playwright.async_api import Page

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_REDUCE: Final = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (each) => each.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const channels = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const rarer = (one, other) => counts.get(other) - counts.get(one) || one - other;
  const order = [...counts.keys()].sort(rarer);
  // First those that are frequent and differ, then the most frequent others.
  const far = (one, other) =>
    (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
  const palette = [];
  for (const apart of [400, 100, 0]) {
    for (const colour of order) {
      if (palette.length === 256) break;
      const here = channels(colour);
      if (palette.every((each) => far(each, here) > apart)) palette.push(here);
    }
  }
  const nearest = new Map(order.map((colour) => {
    const here = channels(colour);
    let [best, least] = [0, Infinity];
    palette.forEach((each, place) => {
      const distance = far(each, here);
      if (distance < least) [best, least] = [place, distance];
    });
    return [colour, best];
  }));
  let indices = "";
  for (const pixel of pixels) indices += String.fromCharCode(nearest.get(pixel));
  return { width, height, palette: palette.flat(), indices: btoa(indices) };
}"""
"""Chooses the colours of a PNG in base64, and returns the place of each pixel's among them."""


async def reduce_colours(page: Page, png: bytes) -> bytes:
    """Return a PNG with at most 256 colours, the most frequent ones that differ visibly.

    Any page will do: it computes, and stays as it is.
    """
    found = await page.evaluate(_REDUCE, base64.b64encode(png).decode())
    width, height = found["width"], found["height"]
    indices = base64.b64decode(found["indices"])
    rows = (indices[start : start + width] for start in range(0, len(indices), width))
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(found["palette"])),
            _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    checked = kind + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))
