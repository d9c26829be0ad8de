"""How long each renderer takes for adversarial texts of 100 KB and of 1 MB.

    python tests/benchmarks/bench_rendering.py [--sizes 100000 1000000] [--rounds 5]

Printed are, for each renderer, the longest CPU time over all texts for both sizes (of several
rounds the shortest), the highest ratio of the two, the longest step, and the texts that took the
most time and grew the most. The ratio is to be at most 12, and no step longer than 50 ms. A step is
what the process can't be interrupted in: one call of a renderer, or a part of what is drawn on a
terminal, whose parts are added up for the ratio.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from adversarial import (
    RENDERERS,
    TEXTS,
    draw_on_terminal,
    hostile_paper,
    lay_out_posts,
    write_lines,
)

from storage.records import ListedPaper

MOST_RATIO = 12
LONGEST_STEP = 0.05
SHORTEST_COMPARED = 0.002
"""Seconds; what takes less at the larger size is called 1."""
Steps = Callable[[ListedPaper], Iterator[Callable[[], object]]]


def single(render: Callable[[ListedPaper], object]) -> Steps:
    return lambda listed: iter([lambda: render(listed)])


def layouts() -> dict[str, Steps]:
    def nth(index: int) -> Steps:
        return lambda listed: iter([list(lay_out_posts(listed))[index]])

    count = len(list(lay_out_posts(hostile_paper("T"))))
    return {f"posts.lay_out, layout {index + 1}": nth(index) for index in range(count)}


def measure(steps: Steps, listed: ListedPaper, rounds: int) -> tuple[float, float]:
    """Return the seconds of all steps, and of the longest."""
    totals = []
    longest = []
    gc.collect()
    gc.freeze()  # so that collections take as long as in a process without so many papers
    for _ in range(rounds):
        times = []
        start = process_time()
        for step in steps(listed):
            times.append(process_time() - start)  # of what made the step
            start = process_time()
            step()
            times.append(process_time() - start)
            start = process_time()
        totals.append(sum(times))
        longest.append(max(times))
    return min(totals), min(longest)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    renderers: dict[str, Steps] = {name: single(render) for name, render in RENDERERS.items()}
    renderers |= layouts()
    renderers |= {"output.paper_lines": write_lines, "draw_paper": draw_on_terminal}
    small, large = options.sizes
    papers = {
        name: tuple(hostile_paper(make(n)) for n in (small, large)) for name, make in TEXTS.items()
    }
    print(f"{'ms, the slowest text':30}{small:>11,}{large:>11,}{'ratio':>7}{'step':>8}  texts")
    failed = False
    for name, steps in renderers.items():
        longest_step = 0.0
        worst_ratio = (1.0, "-")
        slowest = (0.0, 0.0, "")
        for text, (first, second) in papers.items():
            (before, step_before), (after, step_after) = (
                measure(steps, listed, 1 if steps is draw_on_terminal else options.rounds)
                for listed in (first, second)
            )
            if after > SHORTEST_COMPARED:
                worst_ratio = max(worst_ratio, (after / before, text))
            longest_step = max(longest_step, step_before, step_after)
            slowest = max(slowest, (after, before, text))
        after, before, text = slowest
        print(
            f"{name:30}{before * 1e3:11.2f}{after * 1e3:11.2f}{worst_ratio[0]:7.1f}"
            f"{longest_step * 1e3:8.2f}  {text}, {worst_ratio[1]}",
            flush=True,
        )
        failed |= worst_ratio[0] > MOST_RATIO or longest_step > LONGEST_STEP
    answer = "no" if failed else "yes"
    print(f"Ratio at most {MOST_RATIO}, step at most {LONGEST_STEP * 1e3:.0f} ms: {answer}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
