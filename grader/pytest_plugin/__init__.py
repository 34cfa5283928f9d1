"""The pytest plugin: `pytest --submission layers.py` tests one submission.

Without the option it adds two options and a fixture, and imports nothing but pytest:
it is loaded wherever convgrade is installed, in projects that have no use for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.pytest_plugin.functions import Functions
    from grader.pytest_plugin.items import SubmissionPlugin

NAME = "convgrade-submission"
SEED = "convgrade_seed"  # what the processes of xdist are told


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("convgrade", "test a submission with convgrade")
    group.addoption(
        "--submission", metavar="PATH", help="a .py file, notebook, folder or archive"
    )
    group.addoption(
        "--assignment", metavar="FILE", help="the instructor's assignment.toml"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the rest of the plugin where there is a submission."""
    given = config.getoption("--submission")
    if given is None:
        return
    from grader.errors import UsageError  # noqa: PLC0415 (all of this is seldom)
    from grader.pytest_plugin.grading import Grading  # noqa: PLC0415 (NumPy)
    from grader.pytest_plugin.items import SubmissionPlugin  # noqa: PLC0415 (the same)

    folder = config.invocation_params.dir
    assignment = config.getoption("--assignment")
    told = getattr(config, "workerinput", {})
    try:
        grading = Grading.of(
            folder / given,
            assignment=None if assignment is None else folder / assignment,
            seed=told.get(SEED),
        )
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error
    # A process of xdist may start in another folder.
    config.option.submission = str(grading.path)
    config.option.assignment = assignment and str((folder / assignment).absolute())
    config.pluginmanager.register(SubmissionPlugin(grading), NAME)


@pytest.fixture(scope="session")
def submission(pytestconfig: pytest.Config) -> Iterator[Functions]:
    """The submission's functions, in a sandbox: see `pytest --submission PATH`.

    `submission.forward(x, w, b, conv_param)` returns out and a cache,
    `submission.backward(dout, cache)` the gradients; both have their own names, too.
    `submission.arguments(case)` fills a case of `conv_cases()`.
    """
    plugin: SubmissionPlugin | None = pytestconfig.pluginmanager.get_plugin(NAME)
    if plugin is None:
        pytest.fail("this test needs pytest --submission PATH", pytrace=False)
    from grader.pytest_plugin.functions import opened  # noqa: PLC0415 (NumPy)

    with opened(plugin.grading) as functions:
        yield functions
