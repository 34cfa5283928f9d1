"""Run every benchmark, one after the other: `python benchmarks/everything.py`.

As root on Linux, on a machine that does nothing else; it takes about half an hour, most
of it the peers'. What cannot run here says so, and the rest goes on.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import psutil

HERE: Final = Path(__file__).parent
#: Helpers of the others, and this.
NO_BENCHMARKS: Final = {"checks.py", "everything.py", "mixing.py", "spending.py"}


def main() -> int:
    """Return 1 if one of them has failed."""
    memory = psutil.virtual_memory().total / 2**30
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {versions}")
    print(f"{psutil.cpu_count()} processors, {memory:.0f} GiB")
    failed = []
    for script in sorted(HERE.glob("*.py")):
        if script.name in NO_BENCHMARKS:
            continue
        print(f"\n== {script.name}", flush=True)
        if subprocess.run([sys.executable, str(script)], check=False).returncode:  # noqa: S603 (our own)
            failed.append(script.name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
