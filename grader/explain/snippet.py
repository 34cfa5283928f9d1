"""Write a counterexample as Python that runs without convgrade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Returned
from grader.engine.results import value_of
from grader.explain.problems import OUT, RESULTS
from grader.worker.poison import ODD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.calls import Array
    from grader.corpus import DataSet, Entry
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.records import Convention, Message

#: More numbers than this are not written out one by one.
NUMBERS: Final = 600
#: So many numbers are written out even where they hardly matter.
FEW: Final = 24
LONGEST: Final = 79


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is to be reproduced.

    `module` is the submission's module; blank where it cannot be imported (a
    notebook), and then the lines are to be pasted below the functions. `before` is a
    call without which the case is right, `between` that forward is to be called for
    other numbers before backward, `other` the case that it is to be called for as well.
    """

    exercise: Exercise
    convention: Convention
    module: str
    run: CaseRun
    message: Message
    tensor: str  # that is looked at
    in_backward: bool
    before: Entry | None = None
    between: bool = False
    other: Entry | None = None

    @property
    def entry(self) -> Entry:
        """The case."""
        return self.run.entry

    @property
    def kind(self) -> str:
        """What is wrong."""
        return self.message.id

    @property
    def gives_no_answer(self) -> bool:
        """Does a call end without an answer?"""
        return self.kind.startswith("call.")

    @property
    def leaves_cache(self) -> bool:
        """Did forward return two results?"""
        return all(
            isinstance(o, Returned) and o.count == 2  # noqa: PLR2004 (out and cache)
            for o in self.run.forward
        )


def snippet(shown: Shown) -> str:
    """Return lines that call the functions, and print False where they are wrong.

    Where a call gives no answer its numbers hardly matter: large arrays are ones, and
    nothing is printed.
    """
    lines = ["import numpy as np", *_imports(shown), ""]
    if shown.before is not None:
        lines += ["# a call before", *_inputs(shown, shown.before)]
        lines += [*_call(shown, shown.before.first), ""]
    lines += [*_inputs(shown, shown.entry), "", *_calls(shown), *_checks(shown)]
    return "\n".join(lines) + "\n"


def _imports(shown: Shown) -> Iterator[str]:
    names = (shown.convention.forward, shown.convention.backward)
    if not shown.module:
        yield f"# paste this below {' and '.join(names)}"
        return
    roots = sorted({name.partition(".")[0] for name in names})
    together = f"from {shown.module} import {', '.join(roots)}"
    if len(together) <= LONGEST:
        yield together
    else:
        yield from (f"from {shown.module} import {root}" for root in roots)


def _inputs(shown: Shown, entry: Entry) -> Iterator[str]:
    yield from _arrays(shown, entry.first)
    name = shown.exercise.options_name
    if entry.options is not None and name is not None:
        renamed = shown.convention.option_names
        options = {renamed.get(k, k): v for k, v in entry.options.items()}
        yield f"{name} = {options!r}"


def _arrays(shown: Shown, data: DataSet) -> Iterator[str]:
    for name, array in data.arrays.items():
        yield f"{name} = {_written(shown, array)}"


def _written(shown: Shown, array: Array) -> str:
    """Return the array, or ones in its place where its numbers hardly matter."""
    if array.size > (FEW if shown.gives_no_answer else NUMBERS):
        return f"np.ones({tuple(array.shape)})"
    return literal(array)


def _calls(shown: Shown) -> Iterator[str]:
    """Yield the calls whose answer is looked at."""
    first, second = shown.entry.first, shown.entry.second
    if shown.kind == "tensor.remembered" or shown.between:
        yield from _in_turn(shown)
    elif shown.other is not None and shown.kind != "out.reused":
        yield from (_forward(shown), *_for_another(shown))
        yield f"dout = {_written(shown, first.dout)}"
        yield _backward(shown)
    elif shown.kind == "inputs.changed" and shown.tensor == "dout":
        yield _forward(shown)
        yield f"dout = {_written(shown, first.dout)}"
        yield "before = dout.copy()"
        yield _backward(shown)
    elif shown.kind == "out.reused":
        yield from (_forward(shown), "before = out.copy()")
        yield from _arrays(shown, second)
        yield from (_forward_call(shown.convention), *_for_another(shown))
    else:
        if shown.kind == "inputs.changed":
            yield f"before = {shown.tensor}.copy()"
        if shown.kind == "inputs.options_changed":
            yield f"before = dict({shown.exercise.options_name})"
        yield from _call(shown, first)


def _in_turn(shown: Shown) -> Iterator[str]:
    """Yield forward for the case, the same for other numbers, and then backward."""
    first, second = shown.entry.first, shown.entry.second
    yield _forward(shown)
    yield "# other numbers of the same shapes"
    yield from _arrays(shown, second)
    if not shown.in_backward:
        yield _forward(shown)
        return
    yield f"_, other = {_forward_call(shown.convention)}"
    yield from _for_another(shown)
    yield f"dout = {_written(shown, second.dout)}"
    yield _backward(shown, cache="other")
    if shown.between:
        yield "# and now backward for the first ones"
        yield f"dout = {_written(shown, first.dout)}"
        yield _backward(shown)


def _for_another(shown: Shown) -> Iterator[str]:
    """Yield the call of forward for another case, where it has a part in it."""
    if shown.other is not None:
        yield "# another call, of other sizes"
        yield from _inputs(shown, shown.other)
        yield _forward_call(shown.convention)


def _call(shown: Shown, data: DataSet) -> Iterator[str]:
    """Yield forward, and backward where it is needed."""
    if not shown.in_backward:
        yield _forward(shown)
        return
    if shown.leaves_cache:
        yield _forward(shown)
    else:
        yield "# forward leaves no cache, so backward gets what forward was given"
        yield f"cache = ({', '.join(shown.convention.arguments)})"
    yield f"dout = {_written(shown, data.dout)}"
    yield _backward(shown)


def _forward(shown: Shown) -> str:
    results = "out, cache" if shown.leaves_cache else "result"
    return f"{results} = {_forward_call(shown.convention)}"


def _forward_call(convention: Convention) -> str:
    arguments = ", ".join(
        f"{convention.keywords[name]}={name}" if name in convention.keywords else name
        for name in convention.arguments
    )
    return f"{convention.forward}({arguments})"


def _backward(shown: Shown, *, cache: str = "cache") -> str:
    several = ", ".join(shown.exercise.gradients)
    names = "result" if shown.kind in RESULTS else several
    return f"{names} = {shown.convention.backward}(dout, {cache})"


def _checks(shown: Shown) -> Iterator[str]:
    """Yield what is printed: what came, what was wanted, and False."""
    if shown.gives_no_answer:
        return
    if shown.kind in RESULTS:
        count = len(shown.exercise.gradients) if shown.in_backward else 2
        yield "print(type(result))"
        yield f"print(isinstance(result, (tuple, list)) and len(result) == {count})"
    elif shown.kind == "inputs.options_changed":
        yield f"print({shown.exercise.options_name} == before)"
    elif shown.kind in {"inputs.changed", "out.reused"}:
        name = OUT if shown.kind == "out.reused" else shown.tensor
        yield f'print("before:", before, "now:", {name}, sep="\\n")'
        yield f"print(np.array_equal(before, {name}))"
    else:
        yield from _comparison(shown)


def _comparison(shown: Shown) -> Iterator[str]:
    tensor, data = shown.tensor, shown.entry.first
    tolerance = float(np.min(data.elementwise[tensor]))
    if tensor == OUT and not shown.leaves_cache:
        yield f"{OUT} = result[0] if isinstance(result, (tuple, list)) else result"
    if shown.kind == "tensor.dtype":
        yield f"print({tensor}.dtype)"
        yield f'print({tensor}.dtype.name in ("float32", "float64", "longdouble"))'
        return
    if shown.kind == "tensor.remembered":
        data = shown.entry.second
    if _is_luck(shown):
        yield "# np.empty holds whatever was in memory: zeros by luck, and then True"
    yield f"expected = {literal(data.tensor(tensor))}"
    yield f'print("{tensor}, yours:", {tensor}, "expected:", expected, sep="\\n")'
    yield f"same_shape = np.shape({tensor}) == expected.shape"
    if shown.kind == "tensor.not_array":
        yield f"same_shape = same_shape and isinstance({tensor}, np.ndarray)"
    close = f"np.allclose({tensor}, expected, rtol=0, atol={tolerance})"
    yield f"print(same_shape and {close})"


def _is_luck(shown: Shown) -> bool:
    """Was what np.empty hands out filled, and did it get into the answer?"""
    observations = shown.run.backward if shown.in_backward else shown.run.forward
    came = value_of(shown.tensor, observations[0], shown.exercise)
    wanted = shown.entry.first.tensor(shown.tensor)
    if came is None or came.array is None or came.array.shape != wanted.shape:
        return False
    return bool(np.any(np.abs(came.array - wanted) == ODD))


def literal(array: Array) -> str:
    """Return an expression for the array, flat numbers and a shape."""
    if array.size > NUMBERS:
        raise ValueError(f"{array.size} numbers are too many, wanted {NUMBERS} at most")
    numbers = ", ".join(_number(value) for value in array.ravel().tolist())
    if array.ndim == 1:
        return f"np.array([{numbers}])"
    shape = ", ".join(map(str, array.shape))
    return f"np.array([{numbers}]).reshape({shape})"


def _number(value: float) -> str:
    if np.isfinite(value) and value == int(value):
        return f"{int(value)}.0"
    return repr(value)
