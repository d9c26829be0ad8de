"""Where a digest comes from."""
