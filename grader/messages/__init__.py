"""Turn a message's id and values into a sentence in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.messages import en, ko
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": en.TEMPLATES,
    "ko": ko.TEMPLATES,
}


def render(message: Message, language: str = "en") -> str:
    """Return the whole sentence; KeyError if the id is in no table."""
    shown = {
        name: render(value, language) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return LANGUAGES[language][message.id].format_map(shown)
