from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS = 60
#: By target: the longest input, and the seconds that reading one may take here, where
#: every branch is counted.
TARGETS = {"wire_target.py": (4096, 5), "loading_target.py": (16384, 10)}
MOST_MEMORY_MB = 512


@pytest.mark.nightly
@pytest.mark.parametrize("target", TARGETS)
def test_readers_of_foreign_bytes_survive_a_fuzzer(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    longest, seconds = TARGETS[target]
    options = [
        f"-max_total_time={SECONDS}",
        f"-rss_limit_mb={MOST_MEMORY_MB}",
        f"-max_len={longest}",
        f"-timeout={seconds}",
    ]
    ended = subprocess.run(
        [sys.executable, str(HERE / target), *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
