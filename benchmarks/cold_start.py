"""Measure `convgrade check` from cold; run `python benchmarks/cold_start.py` as root.

On Linux: CPU seconds of all that it starts, beside those of `import numpy`.
"""

from __future__ import annotations

import sys
from typing import Final

from mixing import ROOT
from spending import spent

ROUNDS: Final = 5
EXAMPLES: Final = ROOT / "submissions"
COMMANDS: Final[dict[str, tuple[tuple[str, ...], float]]] = {
    "--help": (("--help",), 1.0),
    "a right program": (("check", str(EXAMPLES / "correct_im2col.py")), 1.0),
    "a right program, --search 0": (
        ("check", "--search", "0", str(EXAMPLES / "correct_im2col.py")),
        1.0,
    ),
    "a wrong program, explained": (
        ("check", str(EXAMPLES / "wrong_dx_not_cropped_without_padding.py")),
        3.0,
    ),
    "a notebook": (("check", str(EXAMPLES / "correct_two_loops_with_dots.ipynb")), 1.0),
}


def least(*command: str) -> float:
    """Return the least CPU seconds of several rounds."""
    command = (sys.executable, *command)
    return min(spent(command, may_fail=True) for _ in range(ROUNDS))


def main() -> None:
    """Print each figure beside its target."""
    numpy = least("-c", "import numpy")
    print(f"import numpy: {numpy:.2f} s CPU")
    for name, (arguments, target) in COMMANDS.items():
        cost = least("-P", "-m", "grader", *arguments)
        times = f"{cost / numpy:.1f} times NumPy's import"
        print(f"{name}: {cost:.2f} s CPU (target {target:.0f}), {times}")


if __name__ == "__main__":
    main()
