"""Settings, and texts in several languages: what may differ between installations."""
