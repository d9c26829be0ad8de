"""Keep tests and the processes that they start away from the network, except this machine.

An audit hook refuses the connection, whichever library tries it. A child process gets the hook from
`sitecustomize`, if this folder is in its PYTHONPATH; it ends at once when it tries.
"""

import os
import sys
from typing import Final

_HERE: Final = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib takes time at each start
GUARDED_PATH: Final = os.pathsep.join((os.path.dirname(os.path.dirname(_HERE)), _HERE))  # noqa: PTH120 - as above
"""The PYTHONPATH of a child process: the program and this folder."""
ENDED: Final = 97
"""The exit status of a child process that tried."""

attempts: list[str] = []
"""The addresses that this process tried to reach."""
_HOST_ARGUMENT: Final = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}


def is_local(host: object) -> bool:
    """Return whether an argument of a call of the module `socket` is this machine."""
    if isinstance(host, tuple):
        host = host[0]
    elif isinstance(host, bytes | str) and host[:1] in ("/", b"/", "\0", b"\0"):
        return True  # a UNIX socket
    if isinstance(host, bytes):
        host = host.decode()
    return host in (None, "", "localhost", "::1", "0.0.0.0", "::") or (  # noqa: S104 - nothing is bound
        isinstance(host, str) and host.startswith("127.")
    )


def install(*, ends_process: bool) -> None:
    """Refuse connections to other machines from now on; this can't be undone."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        index = _HOST_ARGUMENT.get(event)
        if index is None or is_local(arguments[index]):
            return
        if str(arguments[index]).endswith(".invalid"):
            from socket import EAI_NONAME, gaierror  # noqa: PLC0415 - children start without it

            # No such name exists (RFC 6761), and nobody has to be asked for that.
            raise gaierror(EAI_NONAME, "Name or service not known")
        attempts.append(f"{event} {arguments[index]}")
        if ends_process:
            os.write(2, f"a test tried to reach the network: {attempts[-1]}\n".encode())
            os._exit(ENDED)
        raise OSError(f"tests may not reach the network: {attempts[-1]}")

    sys.addaudithook(hook)
