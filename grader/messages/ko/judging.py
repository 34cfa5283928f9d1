"""Sentences in Korean: what is wrong with an answer."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
