"""Write requests: what the parent asks of a worker, as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from grader import calls, wire
from grader.remembering import Remembered
from grader.worker import frames
from grader.worker.packing import LOAD, RUN, Packer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.records import Program, Unit

SENT_AT_A_TIME: Final = 1 << 17  # bytes of requests, if there are several


def _texts(packer: Packer, texts: Sequence[str]) -> None:
    packer.u32(len(texts))
    for text in texts:
        packer.text(text)


def _pairs(packer: Packer, pairs: Mapping[str, str]) -> None:
    packer.u32(len(pairs))
    for name, text in pairs.items():
        packer.text(name)
        packer.text(text)


def _unit(packer: Packer, unit: Unit) -> None:
    packer.text(unit.name)
    packer.text(unit.source)


def load_frame(program: Program, *, nonce: int) -> bytes:
    """Return the frame that asks a worker to run this program's source."""
    packer, how = Packer(), program.convention
    packer.u32(len(program.units))
    for unit in program.units:
        _unit(packer, unit)
    packer.u32(len(program.modules))
    for module in program.modules:
        packer.text(module.dotted_name)
        _unit(packer, module.unit)
        packer.u8(module.is_package)
    packer.u8(program.adapter is not None)
    if program.adapter is not None:
        _unit(packer, program.adapter)
    packer.u8(program.allowed_imports is not None)
    if program.allowed_imports is not None:
        _texts(packer, sorted(program.allowed_imports))
    for text in (program.package, how.forward, how.backward):
        packer.text(text)
    _texts(packer, how.arguments)
    _texts(packer, how.arrays)
    _pairs(packer, how.keywords)
    _pairs(packer, how.option_names)
    return packer.frame(LOAD, nonce)


def _step(packer: Packer, step: calls.Step) -> None:
    match step:
        case calls.Forward():
            packer.u8(frames.FORWARD)
            packer.u32(len(step.arrays))
            for index in step.arrays:
                packer.u32(index)
            packer.u8(step.options is not None)
            if step.options is not None:
                packer.u32(len(step.options))
                for name, number in step.options.items():
                    packer.text(name)
                    packer.i64(number)
            packer.u32(step.slot)
        case calls.Again():
            packer.u8(frames.AGAIN)
            packer.u32(step.slot)
        case calls.Backward():
            packer.u8(frames.BACKWARD)
            packer.u32(step.dout)
            packer.u32(step.slot)
        case calls.Inputs():
            packer.u8(frames.INPUTS)
        case _:
            assert_never(step)


def run_frame(request: calls.Request, *, nonce: int, kind: int = RUN) -> bytes:
    """Return the frame that asks for the request's steps, as RUN, MORE or LAST."""
    return _packed(request).frame(kind, nonce)


def _pack(request: calls.Request) -> Packer:
    packer = Packer()
    packer.u64(wire.largest_value(request))
    packer.u32(len(request.arrays))
    for array in request.arrays:
        packer.array(wire.as_sent(array))
    packer.u32(len(request.steps))
    for step in request.steps:
        _step(packer, step)
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
