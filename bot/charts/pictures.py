"""Draw charts in a thread, each once for all channels that get it."""

import asyncio
import logging
import threading
from typing import TYPE_CHECKING, Final

from bot.cache import Cache
from bot.charts.chart import Chart

if TYPE_CHECKING:
    from bot.charts.fonts import Fonts

log = logging.getLogger(__name__)

MOST_BYTES: Final = 1024 * 1024
"""The most bytes of a picture: every server takes them, and most pictures have a tenth."""
_KEPT: Final = 8


class DrawingError(Exception):
    """A chart can't be drawn; the log says why."""


class Pictures:
    """Draws charts. Pillow and fonts are loaded for the first one."""

    def __init__(self) -> None:
        self._cache = Cache(_version, size=_KEPT)
        self._lock = threading.Lock()
        """A drawing whose request was cancelled goes on, and may meet the next one."""
        self._fonts: Fonts | None = None

    async def draw(self, chart: Chart) -> bytes:
        """Return a chart as a PNG.

        Raises:
            DrawingError: It can't be drawn.
        """
        return await self._cache.get(chart, lambda: self._draw(chart))

    async def _draw(self, chart: Chart) -> bytes:
        try:
            picture = await asyncio.to_thread(self._draw_now, chart)
        except Exception as error:
            log.exception("the chart %s can't be drawn", chart.name)
            raise DrawingError from error
        if len(picture) > MOST_BYTES:
            log.error("the chart %s is too large: %d bytes", chart.name, len(picture))
            raise DrawingError
        return picture

    def _draw_now(self, chart: Chart) -> bytes:
        # Here, since most hours have no chart: Pillow takes time and memory.
        from bot.charts.drawing import draw  # noqa: PLC0415 - see above
        from bot.charts.fonts import Fonts  # noqa: PLC0415 - as above

        with self._lock:
            if self._fonts is None:
                self._fonts = Fonts.find()
            return draw(chart, self._fonts)


async def _version() -> int:
    """Return the version of what a picture depends on besides its chart: it stays the same."""
    return 0
