"""The integers that SQLite can store. Pure."""


def fits(number: int) -> bool:
    """Return whether a number fits into SQLite's signed 64-bit integers."""
    return -(2**63) <= number < 2**63
