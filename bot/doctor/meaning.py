"""Check the model that finds papers by meaning."""

from typing import Final

from bot.doctor.finding import Finding, ok, to_do
from bot.semantic.embedder import Model
from bot.semantic.opening import INSTALL
from bot.semantic.process import ModelDiedError, ModelProcess, ModelUnavailableError

_SUBJECT: Final = "search by meaning"


async def check_meaning(model: Model | None, *, is_on: bool) -> Finding:
    """Check that the model, if there is one, can embed a text.

    Args:
        model: That of the extra; `None` if it isn't installed or turned off.
        is_on: Whether the settings allow it.
    """
    if not is_on:
        return ok(_SUBJECT, "turned off by [search] semantic")
    if model is None:
        return ok(_SUBJECT, f"not installed, so that searches go by words; {INSTALL} adds it")
    process = ModelProcess(model)
    try:
        await process.embed(["A text"], is_query=True)
    except (ModelUnavailableError, ModelDiedError) as error:
        return to_do(_SUBJECT, f"{model.name} fails ({error}): install it anew with {INSTALL}")
    finally:
        await process.close()
    return ok(_SUBJECT, f"{model.name} embeds texts")
