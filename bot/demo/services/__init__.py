"""Services on this machine that behave like those that papers come from: for the demo and tests.

Some of their faults are used only by tests.
"""
