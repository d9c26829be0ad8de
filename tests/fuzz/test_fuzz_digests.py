"""A short run of the fuzzer, always of the same inputs; `fuzz_digests.py` runs longer by hand."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from examples import scaled

INPUTS = scaled(50)


def load_fuzzer() -> ModuleType:
    path = Path(__file__).with_name("fuzz_digests.py")
    spec = importlib.util.spec_from_file_location("fuzz_digests", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


async def run(folder: Path | None, tmp_path: Path) -> None:
    fuzz_digests = load_fuzzer()
    fuzzer = fuzz_digests.Fuzzer(fuzz_digests.sources_in(folder), tmp_path, seed=1)
    failures = await fuzz_digests.fuzz(fuzzer, range(INPUTS))
    assert not failures, "\n".join(f"input {each.number}: {each.details}" for each in failures)
    assert fuzzer.tally.texts == INPUTS
    assert fuzzer.tally.messages > INPUTS


async def test_mutated_made_digests_are_read_stored_and_shown(tmp_path: Path) -> None:
    await run(None, tmp_path)


async def test_mutated_real_digests_are_read_stored_and_shown(
    digests_folder: Path, tmp_path: Path
) -> None:
    await run(digests_folder, tmp_path)
