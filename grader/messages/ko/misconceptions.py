"""Sentences in Korean: named mistakes and their hints."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
