"""Discord's Markdown: one parser, and what a web page, a terminal and a notification show of it.

`parser` makes tokens of a text; `html`, `terminal` and `plain` render them. Texts are untrusted:
nothing of them becomes HTML or controls a terminal, nothing is lost, and time grows in step with
the length.
"""
