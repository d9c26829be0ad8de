"""The prompts of language models; REASONS.md beside them says why they are as they are."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from string import Template


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt, with places for `$names`."""

    text: str

    @property
    def version(self) -> str:
        """Another one for another text; stored with what a model has written."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]

    def fill(self, **values: str) -> str:
        """Return the prompt with its places filled in; a value is never read as a place."""
        return Template(self.text).substitute(values).strip()


def load(name: str) -> Prompt:
    """Read the prompt `NAME.txt` of this folder."""
    return Prompt((files("config") / "prompts" / f"{name}.txt").read_text("utf-8"))
