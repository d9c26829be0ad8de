"""The process of a model: reads texts from stdin, writes vectors to stdout.

`python -m bot.semantic.worker PLACE NICENESS`. It first says that it is ready. Each request is a
line of JSON, each answer another one, followed by the vectors as they are stored. It ends when
stdin does, so that it never outlives the bot.
"""

import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from bot.semantic.embedder import Embedder, Model
from bot.semantic.vectors import pack


def main() -> None:
    """Serve requests until stdin ends."""
    # Ctrl-C in a terminal reaches this process, too; the bot decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    class_path, niceness = sys.argv[1:]
    if hasattr(os, "nice"):
        # A sandbox may forbid it.
        with suppress(OSError):
            os.nice(int(niceness))
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        embedder = Model("", class_path).load()
    except Exception as error:  # noqa: BLE001 - whatever a model fails with is told to the bot
        _answer(answers, {"error": f"{type(error).__name__}: {error}"})
        return
    _answer(answers, {"ready": True})
    for line in sys.stdin.buffer:
        vectors = _embed(embedder, json.loads(line))
        _answer(answers, {"sizes": [len(each) for each in vectors]}, b"".join(vectors))


def _embed(embedder: Embedder, request: Mapping[str, Any]) -> list[bytes]:
    texts = [text.encode(errors="replace").decode().replace("\0", " ") for text in request["texts"]]
    return [pack(vector) for vector in embedder.embed(texts, is_query=request["is_query"])]


def _answer(answers: BinaryIO, header: Mapping[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(header).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    main()
