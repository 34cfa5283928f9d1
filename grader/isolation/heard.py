"""Know a whole reply again: right programs answer a request with the very same bytes.

So that of most submissions nothing is parsed: what has come is compared with what came
before, and equal bytes mean the same observations, as objects too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.calls import Inspected, Returned
from grader.remembering import Remembered
from grader.worker.packing import HEADER, MAGIC, NONCE, NONCE_AT, OBSERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grader.calls import Observation, Request
    from grader.isolation.channel import Channel, Limit
    from grader.wire import Head

MOST_KINDS: Final = 3  # of whole replies to one request
LONGEST: Final = 1 << 16  # bytes of one that is remembered
MOST_REQUESTS: Final = 128


class _Whole:
    """The frames of one reply, ready to be compared under any nonce."""

    def __init__(
        self, frames: Iterable[tuple[bytes, Head]], seen: Sequence[Observation]
    ) -> None:
        self.seen = tuple(seen)
        self._frames, self._places = bytearray(), []
        for body, head in frames:
            self._places.append(len(self._frames) + NONCE_AT)
            self._frames += HEADER.pack(MAGIC, OBSERVED, head.arrays, 0, len(body))
            self._frames += body

    def under(self, nonce: int) -> bytearray:
        """Return the frames as a reply to the request with this nonce; not a copy."""
        for place in self._places:
            NONCE.pack_into(self._frames, place, nonce)
        return self._frames


def _none_yet(_: Request) -> list[_Whole]:
    return []


_known: Final = Remembered(_none_yet, most=MOST_REQUESTS)


def again(
    request: Request, channel: Channel, *, nonce: int, limit: Callable[[], Limit]
) -> tuple[Observation, ...] | None:
    """Take a whole reply that is known, if that is what comes; else take nothing.

    Raises LateError, GoneError: it began like that, and did not go on.
    """
    known = _known(request)
    for place, whole in enumerate(known):
        awaited = whole.under(nonce)
        while (taken := channel.take(awaited)) is None:
            channel.more(limit())
        if taken:
            known.insert(0, known.pop(place))
            return whole.seen
    return None


def note(
    request: Request,
    frames: Sequence[tuple[bytes, Head]],
    seen: Sequence[Observation],
) -> None:
    """Keep a reply in which every call has returned; the last one known comes first."""
    returned = all(isinstance(each, (Returned, Inspected)) for each in seen)
    if not returned or sum(len(body) for body, _ in frames) > LONGEST:
        return
    known = _known(request)
    known.insert(1, _Whole(frames, seen))
    del known[MOST_KINDS:]
