"""Count the calls of student code that a counterexample takes.

Run `python benchmarks/minimising.py`. Targets: 60 calls at most, always, and at most 20
for half of the failures. The wrong programs are those of the adequacy suite.
"""

from __future__ import annotations

import statistics
import sys
from typing import Final

from mixing import ROOT

sys.path.insert(0, str(ROOT / "tests" / "support"))

from explaining import explained
from wrong_backwards import WRONG_BACKWARDS
from wrong_forwards import WRONG_FORWARDS

MOST: Final = 60
HALF: Final = 20


def main() -> int:
    """Print how many calls they take; return 1 if those are too many."""
    calls = [
        example.calls
        for wrong in (*WRONG_FORWARDS, *WRONG_BACKWARDS)
        for example in explained(wrong.source).counterexamples
    ]
    middle = statistics.median(calls)
    print(f"{len(calls)} counterexamples")
    half = "calls of student code for half of the counterexamples"
    print(f"{half}: {middle:.0f} (at most {HALF})")
    print(f"calls for any counterexample: {max(calls)} calls (at most {MOST})")
    return 0 if middle <= HALF and max(calls) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
