"""Sentences in English: the kinds of case, and the literals of boundaries."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
