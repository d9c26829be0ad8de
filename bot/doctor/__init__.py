"""Find out what is wrong with an installation, and say what to do about it."""
