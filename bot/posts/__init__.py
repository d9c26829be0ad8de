"""The daily post: planned, delivered once, and woken by a clock."""
