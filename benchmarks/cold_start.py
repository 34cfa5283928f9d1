"""Measure `convgrade check` from cold: `python benchmarks/cold_start.py [ROUNDS]`.

As root on Linux: CPU seconds of all that it starts, beside those of `import numpy`. The
commands take turns, and the least of the rounds counts.
"""

from __future__ import annotations

import statistics
import sys
from typing import Final

from mixing import ROOT
from spending import spent

ROUNDS: Final = 5
NUMPY: Final = "import numpy"
EXAMPLES: Final = ROOT / "submissions"
COMMANDS: Final[dict[str, tuple[tuple[str, ...], float]]] = {
    "convgrade --help": (("--help",), 1.0),
    "convgrade check of a right program": (
        ("check", str(EXAMPLES / "correct_im2col.py")),
        1.0,
    ),
    "the same with --search 0": (
        ("check", "--search", "0", str(EXAMPLES / "correct_im2col.py")),
        1.0,
    ),
    "of a wrong one, with counterexample and diagnosis": (
        ("check", str(EXAMPLES / "wrong_dx_not_cropped_without_padding.py")),
        3.0,
    ),
    "of a right notebook": (
        ("check", str(EXAMPLES / "correct_two_loops_with_dots.ipynb")),
        1.0,
    ),
}


def least(
    commands: dict[str, tuple[str, ...]], *, rounds: int
) -> dict[str, tuple[float, float]]:
    """Return the least CPU seconds of each, and the middle ratio to the first's."""
    turns = [
        {
            name: spent((sys.executable, *command), may_fail=True)
            for name, command in commands.items()
        }
        for _ in range(rounds)
    ]
    first = next(iter(commands))
    return {
        name: (
            min(turn[name] for turn in turns),
            statistics.median(turn[name] / turn[first] for turn in turns),
        )
        for name in commands
    }


def main(rounds: int) -> int:
    """Print each figure beside its target; return 1 if one is missed."""
    words = {name: told for name, (told, _) in COMMANDS.items()}
    graders = {name: ("-P", "-m", "grader", *told) for name, told in words.items()}
    found = least({NUMPY: ("-c", "import numpy"), **graders}, rounds=rounds)
    print(f"{NUMPY}: {found[NUMPY][0]:.2f} s CPU")
    for name, (_, target) in COMMANDS.items():
        cost, times = found[name]
        aim = f"(at most {target:.0f} s), {times:.1f} times NumPy's import"
        print(f"{name}: {cost:.2f} s CPU {aim}")
    return int(any(found[name][0] > aim for name, (_, aim) in COMMANDS.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
