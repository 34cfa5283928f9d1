"""Write requests: what the parent asks of a worker, as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from grader import calls, wire
from grader.remembering import Remembered
from grader.worker import asking, plain
from grader.worker.packing import LOAD, RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.records import Program, Unit
    from grader.worker.packing import Packer

SENT_AT_A_TIME: Final = 1 << 17  # bytes of requests, if there are several


def _source(unit: Unit) -> plain.Source:
    return plain.Source(unit.name, unit.source)


def load_frame(program: Program, *, nonce: int) -> bytes:
    """Return the frame that asks a worker to run this program's source."""
    how, adapter, allowed = program.convention, program.adapter, program.allowed_imports
    asked = plain.Program(
        units=tuple(map(_source, program.units)),
        modules=tuple(
            plain.OwnModule(each.dotted_name, _source(each.unit), each.is_package)
            for each in program.modules
        ),
        adapter=None if adapter is None else _source(adapter),
        allowed_imports=None if allowed is None else frozenset(allowed),
        package=program.package,
        forward=how.forward,
        backward=how.backward,
        arguments=tuple(how.arguments),
        arrays=tuple(how.arrays),
        keywords=dict(how.keywords),
        option_names=dict(how.option_names),
    )
    return asking.program(asked).frame(LOAD, nonce)


def _step(step: calls.Step) -> plain.Step:
    match step:
        case calls.Forward(arrays=arrays, options=options, slot=slot):
            numbers = {name: int(number) for name, number in (options or {}).items()}
            return plain.Forward(arrays, None if options is None else numbers, slot)
        case calls.Again(slot=slot):
            return plain.Again(slot)
        case calls.Backward(dout=dout, slot=slot):
            return plain.Backward(dout, slot)
        case calls.Inputs():
            return plain.Inputs()
        case _:
            assert_never(step)


def run_frame(request: calls.Request, *, nonce: int, kind: int = RUN) -> bytes:
    """Return the frame that asks for the request's steps, as RUN, MORE or LAST."""
    return _packed(request).frame(kind, nonce)


def _pack(request: calls.Request) -> Packer:
    packer = asking.request(
        wire.largest_value(request),
        [wire.as_sent(array) for array in request.arrays],
        [_step(step) for step in request.steps],
    )
    packer.parts = [b"".join(packer.parts)]
    return packer


#: The cases of a corpus are asked of every submission.
_packed: Final = Remembered(_pack, most=128)


def groups(requests: Iterable[calls.Request]) -> Iterator[list[calls.Request]]:
    """Yield as many of them at a time as may be sent before an answer is read."""
    group: list[calls.Request] = []
    size = 0
    for request in requests:
        more = sum(array.nbytes for array in request.arrays)
        if group and size + more > SENT_AT_A_TIME:
            yield group
            group, size = [], 0
        group.append(request)
        size += more
    if group:
        yield group
