"""Run the shell steps of a GitHub workflow or action, as they stand in their YAML."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

EXPRESSION: Final = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
#: With `shell: bash` GitHub adds pipefail; without, it starts `bash -e`.
SHELLS: Final = {
    "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail"),
    None: ("bash", "-e"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A machine of GitHub's, as far as steps can see it."""

    workspace: Path
    temp: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)  # of ${{ }} expressions

    @property
    def files(self) -> dict[str, Path]:
        """The files that a step writes for the ones after it, and for the page."""
        names = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")
        return {name: self.temp / name.lower() for name in names}

    def run(self, steps: Sequence[Mapping[str, Any]]) -> list[Ended]:
        """Run steps until one fails; those that use another action are left out."""
        ended: list[Ended] = []
        for file in self.files.values():
            file.touch()
        for step in steps:
            if "run" in step:
                ended.append(self._run(step))
                if ended[-1].code:
                    break
        return ended

    def outputs(self) -> dict[str, str]:
        """What the steps have put out."""
        return _assignments(self.files["GITHUB_OUTPUT"])

    def _run(self, step: Mapping[str, Any]) -> Ended:
        script = step["run"]
        assert "${{" not in script, "an expression in a script can be a command"
        told = {k: self._evaluated(str(v)) for k, v in step.get("env", {}).items()}
        done = subprocess.run(
            [*SHELLS[step.get("shell")], "-c", script],
            cwd=self.workspace,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.temp),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp),
                **{name: str(path) for name, path in self.files.items()},
                **self.environment,
                **_assignments(self.files["GITHUB_ENV"]),
                **told,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        name = step.get("name", "")
        return Ended(name=name, code=done.returncode, out=done.stdout, err=done.stderr)

    def _evaluated(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.values.get(found[1], ""), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How one step ended."""

    name: str
    code: int
    out: str
    err: str


def steps_of(text: str) -> list[dict[str, Any]]:
    """Return the steps of a composite action, or of a workflow's only job."""
    read = yaml.safe_load(text)
    if "runs" in read:
        return list(read["runs"]["steps"])
    [job] = read["jobs"].values()
    return list(job["steps"])


def _assignments(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)
