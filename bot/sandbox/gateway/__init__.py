"""The gateway: sessions over WebSockets, and what they are told."""
