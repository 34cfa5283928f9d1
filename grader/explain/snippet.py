"""Write a counterexample as Python that runs without convgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.corpus import Entry
    from grader.exercise import Exercise
    from grader.records import Convention

#: More numbers than this are not written out one by one.
NUMBERS: Final = 600
#: So many numbers are written out even where they hardly matter.
FEW: Final = 24


def snippet(  # noqa: PLR0913 (all but two are named at the call)
    exercise: Exercise,
    entry: Entry,
    *,
    tensor: str,
    ends: bool,
    convention: Convention,
    module: str,
) -> str:
    """Return lines that build the inputs, call the functions and print the tensor.

    Where the call `ends` without an answer its numbers hardly matter: large arrays
    are ones, and nothing is printed.

    `module` is the submission's module; blank where it cannot be imported (a
    notebook), and then the lines are to be pasted below the functions.
    """
    data = entry.first
    lines = ["import numpy as np", _imported(convention, module), ""]
    write = _briefly if ends else literal
    lines += [f"{name} = {write(array)}" for name, array in data.arrays.items()]
    if entry.options is not None and exercise.options_name is not None:
        renamed = convention.option_names
        options = {renamed.get(k, k): v for k, v in entry.options.items()}
        lines.append(f"{exercise.options_name} = {options!r}")
    lines += ["", f"out, cache = {_forward_call(convention)}"]
    if tensor != "out":
        lines.append(f"dout = {write(data.dout)}")
        gradients = ", ".join(exercise.gradients)
        lines.append(f"{gradients} = {convention.backward}(dout, cache)")
    if not ends:
        right, same = literal(data.tensor(tensor)), f"{tensor}.shape == expected.shape"
        lines += [
            f"expected = {right}",
            f'print("{tensor}, yours:", {tensor}, "expected:", expected, sep="\\n")',
            f"print({same} and np.allclose({tensor}, expected))",
        ]
    return "\n".join(lines) + "\n"


def _imported(convention: Convention, module: str) -> str:
    names = (convention.forward, convention.backward)
    if not module:
        return f"# paste this below {' and '.join(names)}"
    roots = sorted({name.partition(".")[0] for name in names})
    return f"from {module} import {', '.join(roots)}"


def _forward_call(convention: Convention) -> str:
    arguments = ", ".join(
        f"{convention.keywords[name]}={name}" if name in convention.keywords else name
        for name in convention.arguments
    )
    return f"{convention.forward}({arguments})"


def _briefly(array: Array) -> str:
    if array.size <= FEW:
        return literal(array)
    return f"np.ones({tuple(array.shape)})"


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
