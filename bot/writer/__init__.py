"""Sections written by a language model, each sentence with the passage that it rests on."""
