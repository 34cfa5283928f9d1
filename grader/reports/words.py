"""Say messages in the reader's language, with the instructor's own sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from grader.messages import LANGUAGES
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.records import MessageValue

NO_SENTENCES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences in one language; the instructor's own ones, by id, win."""

    language: str = "en"
    own: Mapping[str, str] = field(default_factory=dict)

    def say(self, message: Message) -> str:
        """Return the whole sentence, and never fail.

        A report may be older than our templates, or tell of an instructor's own
        layer; what has no template here is spelled out.
        """
        shown = {
            name: self.say(value) if isinstance(value, Message) else value
            for name, value in message.values.items()
        }
        for template in self._templates(message.id):
            try:
                return template.format_map(shown)
            except (AttributeError, LookupError, TypeError, ValueError):
                continue  # an instructor's own template with a slip in it
        told = ", ".join(f"{name} {value}" for name, value in shown.items())
        return f"{message.id}: {told}" if told else message.id

    def label(self, name: str, /, **values: MessageValue) -> str:
        """Return a heading or another word of the page itself."""
        return self.say(Message(id=f"page.{name}", values=values))

    def knows(self, name: str) -> bool:
        """Whether there is a template of this id."""
        return next(self._templates(name), None) is not None

    def _templates(self, name: str) -> Iterator[str]:
        for table in (self.own, LANGUAGES[self.language], LANGUAGES["en"]):
            if name in table:
                yield table[name]


def is_told(problem: Message, told: Iterable[Message]) -> bool:
    """Whether one of these sentences says this, or shows the same wrong shape."""
    shapes = {"got", "expected"} & problem.values.keys()
    return any(
        m == problem
        or (shapes and all(m.values.get(k) == problem.values[k] for k in shapes))
        for m in told
    )


def mentions(message: Message, other: Message) -> bool:
    """Whether a message is the other one, or shows it."""
    inner = (value for value in message.values.values() if isinstance(value, Message))
    return message == other or any(mentions(value, other) for value in inner)
