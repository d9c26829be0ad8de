"""Charts: what one shows, where everything stands on it, and its drawing as a PNG.

A chart is a value with finished texts. So it can be stored, and drawn again after a restart.
"""
