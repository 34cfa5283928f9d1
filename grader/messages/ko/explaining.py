"""Sentences in Korean: boundaries, footprints, and how points were lost."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {}
