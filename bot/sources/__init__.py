"""The sources of digests."""
