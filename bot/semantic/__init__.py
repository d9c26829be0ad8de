"""Searches by meaning: vectors of papers by a small model that runs on this machine.

It is an extra, `daily-papers-bot[semantic]`: only `vectors`, `meanings`, `nano` and `worker` import
its packages, and `opening` looks whether they are there.
"""
