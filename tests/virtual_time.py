"""A timer that is moved by hand, for what waits or counts seconds."""

import asyncio


class VirtualTime:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.sleeps: list[float] = []

    def timer(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)
