"""The places that digests come from."""
