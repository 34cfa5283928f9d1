"""Other calling conventions are judged like the exercise's own."""

from __future__ import annotations

import pytest
from conventions import DEEPLEARNING_AI, SIZES, STATEFUL
from handed_in import BOTH, extraction
from judging import corpus_of, judge, lost
from programs import RIGHT, changed

from grader import corpus
from grader.assignment import Assignment, GradedExercise
from grader.assignment.files import shipped_adapters
from grader.engine.grade import Judged
from grader.errors import UsageError
from grader.exercises import load_exercise
from grader.records import Unit


def with_adapter(name: str, source: str = "", **keys: str) -> Assignment:
    adapter = Unit(name=f"{name}.py", source=source) if source else None
    return Assignment(
        exercises=(GradedExercise(adapter=name, **keys),),  # type: ignore[arg-type]  # names only
        adapters={name: adapter or shipped_adapters()[name]},
    )


def judged(source: str, assignment: Assignment) -> Judged:
    floor = corpus_of(remainder="floor")
    return judge(extraction(source, assignment).program, on=floor)


def test_deeplearning_ai_gets_full_points() -> None:
    assert lost(judged(DEEPLEARNING_AI, with_adapter("deeplearning_ai"))) == set()


@pytest.mark.parametrize("source", [STATEFUL, SIZES])
def test_a_stateful_class_gets_full_points(source: str) -> None:
    assert lost(judged(source, with_adapter("stateful_class"))) == set()


@pytest.mark.parametrize(
    ("old", "new", "criterion"),
    [
        ("W[:, :, :, c] * dZ", "W[:, :, :, 0] * dZ", "backward.dx"),
        ("+ float(np.squeeze(b))", "", "forward.value"),
        ("return Z, (A_prev", "return Z.T, (A_prev", "forward.shape"),
        ("return Z, (A_prev, W, b, hparameters)", "return Z", "forward.shape"),
        ("pad:pad+Wd, :], dW, db", "pad:pad+Wd, :], dW", "backward.shape"),
        ("    Z = np", "    A_prev *= 2\n    Z = np", "hygiene.inputs_unchanged"),
    ],
)
def test_a_mistake_costs_what_it_costs_elsewhere(
    old: str, new: str, criterion: str
) -> None:
    source = changed(old, new, source=DEEPLEARNING_AI)
    assert criterion in lost(judged(source, with_adapter("deeplearning_ai")))


@pytest.mark.parametrize(
    ("old", "new", "criterion"),
    [
        ("return dx\n", "return dx * 2\n", "backward.dx"),
        ("dx, self.dW, self.db =", "dx, self.dW, _ =", "backward.db"),
        ("        return out\n", "        return out * 2\n", "forward.value"),
    ],
)
def test_a_mistake_in_a_class_costs_too(old: str, new: str, criterion: str) -> None:
    source = changed(old, new, source=STATEFUL)
    assert criterion in lost(judged(source, with_adapter("stateful_class")))


def test_gradients_may_be_returned_together() -> None:
    source = changed("return dx\n", "return dx, self.dW, self.db\n", source=STATEFUL)
    source = source.replace("        return out\n", "        return out, None\n")
    assert lost(judged(source, with_adapter("stateful_class"))) == set()


def test_a_class_that_asks_for_more_is_told() -> None:
    source = changed("W, b, stride=1", "W, b, depth, stride=1", source=STATEFUL)
    told = judged(source, with_adapter("stateful_class"))
    assert "forward.value" in lost(told)


def test_only_what_the_adapter_takes_is_kept() -> None:
    found = extraction(DEEPLEARNING_AI, with_adapter("deeplearning_ai"))
    assert "test_utils" not in found.program.units[0].source
    assert "randn" not in found.program.units[0].source


def test_the_assignment_s_names_take_the_adapter_s_place() -> None:
    source = STATEFUL.replace("class Convolution", "class Conv").replace(
        "def backward(", "def back("
    )
    assignment = with_adapter(
        "stateful_class", forward="Conv.forward", backward="Conv.back"
    )
    assert lost(judged(source, assignment)) == set()


def test_an_adapter_of_the_teacher_s_own_is_run() -> None:
    adapter = (
        "FORWARD = BACKWARD = 'layer'\n"
        "def forward(student, x, w, b, p): return student.layer('f', x, w, b, p)\n"
        "def backward(student, dout, cache): return student.layer('b', dout, cache)\n"
    )
    layer = (
        "def layer(way, *given):\n"
        "    f = conv_forward_naive if way == 'f' else conv_backward_naive\n"
        "    return f(*given)\n"
    )
    assignment = with_adapter(
        "own.py",
        adapter.replace("FORWARD = BACKWARD = 'layer'", "FORWARD = 'layer'"),
        backward="layer",
    )
    assert lost(judged(RIGHT + layer, assignment)) == set()


def test_an_adapter_that_does_not_say_what_it_takes_is_refused() -> None:
    assignment = with_adapter("own.py", "def forward(): ...\n")
    with pytest.raises(UsageError, match="has no FORWARD"):
        extraction(BOTH, assignment)


def test_other_option_names_are_used() -> None:
    source = RIGHT.replace("conv_param['stride']", "conv_param['s']")
    assignment = Assignment(exercises=(GradedExercise(option_names={"stride": "s"}),))
    assert lost(judged(source, assignment)) == set()
    assert lost(judged(RIGHT, assignment))


def test_another_order_of_arguments_is_used() -> None:
    source = RIGHT.replace("(x, w, b, conv_param):", "(w, b, conv_param, x):")
    order = ("w", "b", "conv_param", "x")
    assignment = Assignment(exercises=(GradedExercise(arguments=order),))
    assert lost(judged(source, assignment)) == set()


def test_arguments_may_be_passed_by_other_names() -> None:
    source = RIGHT.replace(
        "(x, w, b, conv_param):",
        "(w, b, *, A, options):\n    x = A; conv_param = options",
    )
    exercise = GradedExercise(
        arguments=("w", "b", "x", "conv_param"),
        keywords={"x": "A", "conv_param": "options"},
    )
    assert lost(judged(source, Assignment(exercises=(exercise,)))) == set()


def test_a_narrower_domain_is_what_is_judged() -> None:
    source = changed("HH, WW = w.shape[2:]", "HH = WW = w.shape[2]", source=RIGHT)
    conv2d = load_exercise("conv2d")
    domain = GradedExercise(domain={"square_kernels": True}).domain_for(conv2d)
    square = corpus.build(conv2d, domain, seed=1, data="lattice")
    assert lost(judge(extraction(source).program, on=square)) == set()
    assert lost(judge(extraction(source).program))
