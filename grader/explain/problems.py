"""Group what failed by reason, so that each reason is told once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.calls import Returned
from grader.engine.judge import BACKWARD_SHAPE, FORWARD_SHAPE, FORWARD_VALUE, HYGIENE
from grader.records import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from grader.engine.grade import Judged
    from grader.engine.protocol import CaseRun
    from grader.records import Message

    Faults: TypeAlias = Mapping[str, Message]  # by the name of the case

OUT: Final = "out"
GRADIENTS: Final = "gradients"
INPUTS: Final = "inputs"
FORWARD: Final = "forward"
BACKWARD: Final = "backward"

#: What follows from another failure and needs no words of its own.
CONSEQUENCES: Final = frozenset(
    {"call.not_run", "inputs.nothing_computed", "inputs.no_right_shape"}
)
#: What is wrong with the number of things that a call returned, not with one of them.
RESULTS: Final = frozenset({"results.not_two", "results.not_gradients"})
ALWAYS_THE_SAME: Final = frozenset({"out.constant", "gradients.constant"})


class Subject(StrEnum):
    """What is to be said of the failing cases, all of them taken together."""

    WRONG = "wrong"  # tensors are wrong
    RESULTS = "results"  # something else is returned than was asked for
    RAISES = "raises"
    HANGS = "hangs"
    ENDS = "ends"  # dies, or ends now this way and now that
    FAILS = "fails"  # gives no answer in some cases, a wrong one in others
    FOLLOWS = "follows"  # backward fails since forward left it no cache
    INPUTS = "inputs"  # what was passed in is changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason to lose points."""

    subject: Subject
    criterion: str  # the one that is explained
    tensors: tuple[str, ...]
    failed: frozenset[str]  # names of cases
    message: Message  # of the failing cases that are most alike

    @property
    def kind(self) -> str:
        """The id of what the judge said of these cases."""
        return self.message.id

    @property
    def half(self) -> str:
        """The function at fault."""
        return FORWARD if self.tensors == (OUT,) else BACKWARD

    @property
    def is_ending(self) -> bool:
        """Does a call give no answer in every one of these cases?"""
        return self.subject in {
            Subject.RAISES,
            Subject.HANGS,
            Subject.ENDS,
            Subject.FOLLOWS,
        }


def find_problems(
    judged: Judged, *, documented_cache: bool = True
) -> tuple[Problem, ...]:
    """Return the problems of one program, forward's first.

    `documented_cache` tells whether forward keeps its own arguments as its cache. If
    not, backward cannot work on what it is given where forward leaves no cache.
    """
    faults = {c.name: _faults(judged, c.name) for c in judged.corpus.exercise.criteria}
    without = frozenset() if documented_cache else without_cache(judged.runs)
    without -= _at_fault_itself(faults[BACKWARD_SHAPE], without)
    own = {
        name: {c: m for c, m in told.items() if not (c in without and is_ending(m))}
        for name, told in faults.items()
    }
    return (
        *_of_forward(faults),
        *_of_following(judged, faults[BACKWARD_SHAPE], without),
        *_of_backward(judged, own),
        *_of_results(own[BACKWARD_SHAPE], BACKWARD_SHAPE, (GRADIENTS,)),
        *_of_inputs(faults[HYGIENE]),
    )


def _at_fault_itself(faults: Faults, without: frozenset[str]) -> frozenset[str]:
    """Return the cases without a cache in which backward ends as it does in others."""
    ends = {case: _end_of(m) for case, m in faults.items() if is_ending(m)}
    others = {end for case, end in ends.items() if case not in without}
    return frozenset(case for case in without if ends.get(case) in others)


def _end_of(message: Message) -> tuple[object, ...]:
    """Return where a call ended, and what of."""
    return (*failure_of(message), message.values.get("line"))


def failure_of(message: Message) -> tuple[str, str]:
    """Return what makes two failures the same: with or without a line, a text."""
    kind = message.id.removesuffix("_at").removesuffix("_bare")
    return kind, str(message.values.get("error", ""))


def is_ending(message: Message) -> bool:
    """Tell whether the message says that a call gave no answer."""
    return message.id.startswith("call.")


def is_hang(message: Message) -> bool:
    """Tell whether the message says that a call came to no end."""
    return message.id.startswith("call.timed_out")


def constant_answer(judged: Judged, problem: Problem) -> Message | None:
    """Return the sentence that the answers do not depend on the inputs, if so."""
    shape = FORWARD_SHAPE if problem.half == FORWARD else BACKWARD_SHAPE
    faults = _faults(judged, shape).values()
    return next((m for m in faults if m.id in ALWAYS_THE_SAME), None)


def _faults(judged: Judged, criterion: str) -> Faults:
    return {
        v.case: v.message
        for v in judged.verdicts
        if v.criterion == criterion
        and v.status is Status.FAILED
        and v.message is not None
        and v.message.id not in CONSEQUENCES
    }


def _of_forward(faults: Mapping[str, Faults]) -> Iterator[Problem]:
    shape, value = faults[FORWARD_SHAPE], faults[FORWARD_VALUE]
    rest = {case: m for case, m in shape.items() if m.id not in RESULTS}
    wrong = {**rest, **value}
    criterion = FORWARD_VALUE if value else FORWARD_SHAPE
    yield from _problems(wrong, criterion, (OUT,))
    yield from _of_results(shape, FORWARD_SHAPE, (OUT,))


def _of_results(
    faults: Faults, criterion: str, tensors: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield the problem of returning too much or too little."""
    wrong = {case: m for case, m in faults.items() if m.id in RESULTS}
    if wrong:
        yield replace(_problem(wrong, criterion, tensors), subject=Subject.RESULTS)


def _of_backward(judged: Judged, faults: Mapping[str, Faults]) -> Iterator[Problem]:
    """Yield problems of gradients; those that fail in the same cases are one."""
    several = faults[BACKWARD_SHAPE]
    endings = frozenset(case for case, m in several.items() if is_ending(m))
    miscounted = {case for case, m in several.items() if m.id in RESULTS}
    wrong: dict[str, Faults] = {}
    for criterion in judged.corpus.exercise.criteria:
        if criterion.gradient is not None:
            wrong[criterion.name] = {
                case: m
                for case, m in faults[criterion.name].items()
                if m.id != "tensor.absent" or case not in miscounted
            }
    gradients = {c.name: c.gradient or "" for c in judged.corpus.exercise.criteria}
    for criteria in _alike(wrong, endings):
        together = {case: m for name in criteria for case, m in wrong[name].items()}
        first = {**together, **wrong[criteria[0]]}
        tensors = tuple(gradients[name] for name in criteria)
        yield from _problems(first, criteria[0], tensors)


def _alike(wrong: Mapping[str, Faults], endings: frozenset[str]) -> list[list[str]]:
    """Return criteria that have one reason, the first one that is explained first.

    Where backward mostly gives no answer at all that is the one reason, whatever
    else is wrong with a gradient in the few cases that are left.
    """
    mostly = [
        n for n, faults in wrong.items() if 2 * len(endings & {*faults}) > len(faults)
    ]
    groups: dict[frozenset[str], list[str]] = {}
    for name, faults in wrong.items():
        if faults and name not in mostly:
            groups.setdefault(frozenset(faults), []).append(name)
    worst_first = sorted(mostly, key=lambda name: -len(wrong[name]))
    widest_first = sorted(groups.values(), key=lambda names: -len(wrong[names[0]]))
    return [*([worst_first] if mostly else []), *widest_first]


def _of_inputs(faults: Faults) -> Iterator[Problem]:
    told = {case: m for case, m in faults.items() if not is_ending(m)}
    if told:
        yield _problem(told, HYGIENE, (INPUTS,))


def _problems(
    faults: Faults, criterion: str, tensors: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield what hangs, and what else is wrong: the one hides nothing of the other."""
    hung = {case: m for case, m in faults.items() if is_hang(m)}
    rest = {case: m for case, m in faults.items() if case not in hung}
    yield from (_problem(part, criterion, tensors) for part in (hung, rest) if part)


def _problem(faults: Faults, criterion: str, tensors: tuple[str, ...]) -> Problem:
    return Problem(
        subject=_subject(faults.values(), tensors),
        criterion=criterion,
        tensors=tensors,
        failed=frozenset(faults),
        message=_commonest(faults.values()),
    )


def _commonest(messages: Iterable[Message]) -> Message:
    """Return the first message of the commonest failure."""
    listed = list(messages)
    ((failure, _),) = Counter(map(failure_of, listed)).most_common(1)
    return next(m for m in listed if failure_of(m) == failure)


def _subject(messages: Iterable[Message], tensors: tuple[str, ...]) -> Subject:
    listed = list(messages)
    if tensors == (INPUTS,):
        return Subject.INPUTS
    if not any(is_ending(m) for m in listed):
        return Subject.WRONG
    if any(map(is_hang, listed)):
        return Subject.HANGS
    if not all(is_ending(m) for m in listed):
        return Subject.FAILS
    raised = all(m.id.startswith("call.raised") for m in listed)
    return Subject.RAISES if raised else Subject.ENDS


def _of_following(
    judged: Judged, faults: Faults, without: frozenset[str]
) -> Iterator[Problem]:
    """Yield as a consequence of forward's what backward cannot do without a cache."""
    told = {c: m for c, m in faults.items() if c in without and is_ending(m)}
    if told:
        gradients = [c for c in judged.corpus.exercise.criteria if c.gradient]
        tensors = tuple(c.gradient or "" for c in gradients)
        problem = _problem(told, gradients[0].name, tensors)
        yield replace(problem, subject=Subject.FOLLOWS)


def without_cache(runs: Iterable[CaseRun]) -> frozenset[str]:
    """Return the cases after which forward left backward no cache."""
    return frozenset(
        run.entry.case.name
        for run in runs
        if not all(isinstance(o, Returned) and o.count == 2 for o in run.forward)  # noqa: PLR2004 (out and cache)
    )
