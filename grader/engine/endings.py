"""Say in a message how a call ended that gave no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from grader.calls import (
    Absent,
    Died,
    Inspected,
    Raised,
    Returned,
    TimedOut,
)
from grader.records import Message

if TYPE_CHECKING:
    from grader.calls import Frame, Observation
    from grader.records import MessageValue

#: Letters of an exception; NumPy explains over eight lines what is gone.
MOST_TEXT: Final = 240


def where(frame: Frame | None) -> dict[str, MessageValue]:
    """Return the values that name a line of the student's, if it is known."""
    if frame is None:
        return {}
    return {"unit": frame.unit, "line": frame.line, "code": frame.text.strip()}


def explain(observation: Observation, *, function: str, case: str) -> Message:
    """Return why this call of the function gave nothing to judge.

    `case` describes the input in the exercise's own words.
    """
    values: dict[str, MessageValue] = {"function": function, "case": case}
    match observation:
        case Raised():
            frame = observation.frames[-1] if observation.frames else None
            text = _short(" ".join(observation.text.split())).rstrip(".")
            values |= {"error": observation.type_name, "text": text}
            template = "call.raised" if text else "call.raised_bare"
            return _located(template, values, frame)
        case TimedOut():
            values["seconds"] = observation.seconds
            return _located("call.timed_out", values, observation.frame)
        case Died():
            values["detail"] = observation.detail
            return _located(f"call.died.{observation.cause}", values, observation.frame)
        case Absent():
            return Message(id="call.not_run", values=values)
        case Returned() | Inspected():
            raise ValueError(
                f"{type(observation).__name__} is an answer, not an ending"
            )
        case _:
            assert_never(observation)


def _short(text: str) -> str:
    """Return what an exception says first, where it says more than anyone reads."""
    if len(text) <= MOST_TEXT:
        return text
    first, dot, _ = text[:MOST_TEXT].partition(". ")
    return first if dot else f"{first} …"


def _located(
    template: str, values: dict[str, MessageValue], frame: Frame | None
) -> Message:
    suffix = "_at" if frame else ""
    return Message(id=template + suffix, values=values | where(frame))
