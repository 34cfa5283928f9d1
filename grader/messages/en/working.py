"""Sentences in English: what changed since the last look."""

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
}
