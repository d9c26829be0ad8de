"""How many examples Hypothesis tries: few in each run, many where nobody waits for them."""

from typing import Final

from hypothesis import HealthCheck, settings

QUICK: Final = "quick"
THOROUGH: Final = "thorough"
"""For `pytest --hypothesis-profile`: `.ci/run` uses it."""


def register_profiles() -> None:
    """Register both profiles, and load the quick one.

    Properties have no time limits: these would fail on a machine that is busy with something else.
    """
    untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile(QUICK, untimed, max_examples=15)
    settings.register_profile(THOROUGH, untimed, max_examples=100)
    settings.load_profile(QUICK)


def is_thorough() -> bool:
    """Return whether tests should try what takes long and seldom finds more."""
    return settings.get_current_profile_name() == THOROUGH


def scaled(count: int) -> int:
    """Return how many examples a property gets that would get `count` where others get 100."""
    return max(1, round(count * settings().max_examples / 100))
