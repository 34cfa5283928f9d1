"""Sentences in English: how student code ended without an answer."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
