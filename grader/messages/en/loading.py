"""Sentences in English: why a submission cannot be read."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
