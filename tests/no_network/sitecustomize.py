"""Python imports this at its start if the folder is in PYTHONPATH."""

import network_guard

network_guard.install(ends_process=True)
