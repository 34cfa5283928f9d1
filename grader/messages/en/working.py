"""Sentences in English: what changed since the last look, and in a notebook."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "change.none": "No points have changed.",
    "change.score_up": "{before} before, {after} now: {step} more.",
    "change.score_down": "{before} before, {after} now: {step} less.",
    "change.score_blank": "{before} before, {after} now.",
    "change.points": "{criterion}: {before} before, {after} now ({now})",
    "change.standing": "{criterion}: {was} before, {now} now",
    "watch.waiting": "Watching {file}; Ctrl-C ends it.",
    "watch.gone": "{file} is not there; waiting for it.",
    "notebook.this": "this notebook",
    "notebook.only_here": "Works here, fails when handed in: {names} exists only in this kernel. Define it in {file}, beside the functions, and save.",
    "notebook.only_heres": "Works here, fails when handed in: {names} exist only in this kernel. Define them in {file}, beside the functions, and save.",
    "notebook.worse_there": "Works here, fails when handed in: {here} in this kernel, {there} in a clean process.",
    "notebook.worse_there_because": "Works here, fails when handed in: {here} in this kernel, {there} in a clean process. {why}",
    "notebook.better_there": "{file} earns {there} as it is handed in, and only {here} in this kernel: restart the kernel and run all cells.",
    "notebook.changed": "{file} has changed since it was imported: this kernel still runs the old one. The file is what is graded; restart the kernel to run it here, too.",
    "notebook.unsaved": "{file} is saved without this version of {names}: save the notebook before you hand it in. Graded are the cells as you ran them.",
    "notebook.not_run_here": "It hangs or ends its process, so it was run in a process of its own only and this kernel was spared.",
    "notebook.no_source": "No file or cell holds the source of these functions, so they were checked in this kernel only. What you hand in is graded by its source.",
    "notebook.other_name": "{here} was checked as if it were {official}, the name that counts when it is handed in.",
}
