from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TARGET = Path(__file__).with_name("wire_target.py")
MOST_MEMORY_MB = 512


@pytest.mark.nightly
def test_the_wires_readers_survive_a_fuzzer(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    options = ["-max_total_time=60", f"-rss_limit_mb={MOST_MEMORY_MB}", "-max_len=4096"]
    ended = subprocess.run(
        [sys.executable, str(TARGET), *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
