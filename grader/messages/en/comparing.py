"""Sentences in English: the staff's page of functions that are the same."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "page.same_code.title": "The same code",
    "page.same_code.about": (
        "These functions are the same once names, comments, docstrings and formatting"
        " are set aside. That alone says nothing about how they came to be: who follows"
        " the lecture's loops step by step arrives at the same program."
    ),
    "page.same_code.staff": "For the staff alone. Templates and provided files are left out.",
    "page.same_code.group": "{function}: the same in {count} submissions",
    "page.same_code.code": "As {name} wrote it",
    "page.same_code.diff": "{first} and {other}: how they are written",
    "page.same_code.no_difference": "They are written the same, letter by letter.",
    "page.same_code.none": "No function is the same in two submissions.",
}
