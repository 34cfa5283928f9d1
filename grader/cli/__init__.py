"""The command line: reads options, prints, and turns endings into exit codes."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, Final, NoReturn

from grader.cli.endings import FINE, INTERRUPTED, MISUSE, UNDECIDED
from grader.errors import SandboxError, UsageError
from grader.place import refuse_strangers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

#: What NumPy may calculate with; each reads how many threads it may start.
ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> NoReturn:
    """Run one command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter gets it spelled; nobody gets a traceback.
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a stream of tests may lack it
    for library in ONE_THREAD:
        # The arrays are small. Threads would only be in the way of forking.
        os.environ.setdefault(library, "1")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code. Every error ends here as one sentence."""
    try:
        refuse_strangers()
        _app()(list(arguments), prog_name="convgrade")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FINE
    except UsageError as error:
        return _complain(str(error), MISUSE)
    except SandboxError as error:
        return _complain(f"the sandbox does not work here: {error}", UNDECIDED)
    except (KeyboardInterrupt, BrokenPipeError) as error:
        return _stopped_by_user(error)
    except Exception:  # noqa: BLE001 (whatever it is, it is our fault and no score)
        traceback.print_exc()
        return _complain("this is a fault of convgrade and costs no points", UNDECIDED)
    return FINE


def _app() -> typer.Typer:
    from grader.cli.commands import application  # noqa: PLC0415 (after the guard)

    return application()


def _stopped_by_user(error: KeyboardInterrupt | BrokenPipeError) -> int:
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    # The reader, such as `head`, has seen enough; nothing may be flushed to it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


def _complain(text: str, code: int) -> int:
    from grader.reports.foreign import visible  # noqa: PLC0415 (after the guard)

    sys.stderr.write(f"convgrade: {visible(text)}\n")
    return code
