"""Sentences in English: why a submission cannot be read, and what reading it showed."""

from __future__ import annotations

from typing import Final

FILES: Final[dict[str, str]] = {
    "loading.no_access": "{file!r} cannot be opened: {reason}.",
    "loading.link": "{file!r} is a link; hand in the file itself.",
    "loading.not_regular": "{file!r} is no regular file; hand in a .py file or a notebook.",
    "loading.no_code": "{file!r} holds no Python file and no notebook.",
    "loading.no_such_file": "no file that can be read is called {pattern!r}; there is: {files}.",
    "loading.other_kind": "{file!r} is {kind}, not code; hand in a .py file, a notebook (.ipynb), or a .zip or .tar.gz of them.",
    "loading.empty": "{file!r} is empty.",
    "loading.not_text": "{file!r} is no text, so no Python.",
    "loading.encoding": "{file!r} is not readable as {encoding}; save it as UTF-8.",
    "loading.too_large": "{file!r} is larger than {limit} MB; hand in the code only, without data.",
    "loading.too_many_files": "{file!r} has more than {limit} files; hand in the code only.",
    "loading.too_much_code": "{file!r} has more than {limit} kB of code.",
    "loading.too_many_tokens": "{file!r} has more than {limit} words and signs of code.",
    "loading.too_tangled": "{file!r} has too many definitions that depend on one another to be followed.",
    "loading.too_deep": "{file!r} is nested too deeply to be read.",
}
ARCHIVES: Final[dict[str, str]] = {
    "loading.archive_broken": "the archive {file!r} is broken or was not uploaded to its end; pack it again as .zip.",
    "loading.locked": "the archive {file!r} is locked with a password.",
    "loading.nested": "{file!r} is an archive in more than {limit} others; pack the code once.",
    "loading.bomb": "{inside!r} in {file!r} grows to a size that no code has when it is unpacked.",
    "loading.unsafe_path": "the archive {file!r} holds {inside!r}, which leads out of its folder.",
}
NOTEBOOKS: Final[dict[str, str]] = {
    "loading.notebook_broken": "the notebook {file!r} is broken (line {line} of the file); open it in Jupyter, save it, and hand it in again.",
    "loading.no_code_cell": "the notebook {file!r} has no code in any cell.",
    "loading.notebook_command": "{file}, line {line} ({text}) is a notebook command, not Python.",
}
CODE: Final[dict[str, str]] = {
    "loading.syntax": "{file}, line {line} ({text}) is not Python: {problem}.",
    "loading.tabs": "{file}, line {line} mixes tabs and spaces; use spaces only.",
    "loading.merge_conflict": "{file}, line {line} ({text}) is left over from a merge conflict.",
    "loading.python2.print": "{file}, line {line} ({text}) is Python 2: print is a function now.",
    "loading.python2.exec": "{file}, line {line} ({text}) is Python 2: exec is a function now.",
    "loading.python2.except": "{file}, line {line} ({text}) is Python 2: write except ... as ... now.",
    "loading.python2.raise": "{file}, line {line} ({text}) is Python 2: write raise Error(text) now.",
    "loading.python2.unequal": "{file}, line {line} ({text}) is Python 2: <> is != now.",
    "loading.python2.backticks": "{file}, line {line} ({text}) is Python 2: write repr(...) for `...` now.",
    "loading.python2.long": "{file}, line {line} ({text}) is Python 2: whole numbers end without L now.",
    "loading.python2.octal": "{file}, line {line} ({text}) is Python 2: a number cannot begin with 0 now (octal is 0o...).",
    "loading.python2.string": "{file}, line {line} ({text}) is Python 2: ur'...' is r'...' now.",
    "loading.python2.tuple": "{file}, line {line} ({text}) is Python 2: a tuple cannot be an argument's name now; take it apart in the body.",
}
FUNCTIONS: Final[dict[str, str]] = {
    "loading.no_function": "{file} does not define {name}; it defines {found}.",
    "loading.no_functions": "{file} defines no function at all; wanted {name}.",
    "loading.inside": "{file} defines {found} inside a class; wanted {name} at the top level.",
    "loading.only_imported": "{file} takes {name} from {module}, which is not part of the submission; hand in the file that defines it.",
    "loading.forbidden": "{file}, line {line} uses {name}, which this assignment forbids.",
    "loading.not_allowed": "{file}, line {line} imports {name}; this assignment allows only: {allowed}.",
}
NOTES: Final[dict[str, str]] = {
    "loading.note.handed_in_again": "{other} was handed in again as {file}; the last one was graded.",
    "loading.note.encoding": "{file} is not UTF-8; it was read as {encoding}.",
    "loading.note.is_notebook": "{file} is a notebook under another name and was read as one.",
    "loading.note.provided": "{file} is given by the course; the course's own copy was used.",
    "loading.note.candidates": "{name} is in several files; {file} was graded, not {others}.",
    "loading.note.two_files": "one function is in {first}, the other in {second}; both were used.",
    "loading.note.no_function": "{file} does not define {name}.",
    "loading.note.redefined": "{name} is defined more than once ({places}); the last one counts ({last}).",
    "loading.note.missing_module": "{file}, line {line} uses {module}, which is not part of the submission and not installed here.",
    "loading.note.stand_in": "{module} is not installed here; a stand-in that does the same was used.",
    "loading.note.shows_nothing": "{module} is not installed here; what it would show was left out.",
    "loading.note.script_only": '{file}, line {line}: what is defined under `if __name__ == "__main__":` was used.',
    "loading.note.other_letters": "{module} was found as {file}; most systems tell capital letters apart.",
    "loading.note.annotation": "{file}, line {line}: {module} is not installed here; only annotations name it, and nothing reads them.",
    "loading.note.is_python": "{file} is Python under another name and was read as such.",
    "loading.note.overwritten": "{file}, line {line} makes something else of {name}, which the functions use; it was left out.",
    "loading.note.ready_made": "{file}, line {line} uses {name}, which does the work of a layer ready-made.",
}
HINTS: Final[dict[str, str]] = {
    "loading.hint.unfilled": "{name} is still the unfilled template (line {line}).",
    "loading.hint.no_return": "{name} never returns anything: `return` is missing (line {line}).",
    "loading.failure.missing_module": "{name} comes from {module} ({file}, line {line}), which is not part of the submission and not installed here.",
    "loading.failure.no_module": "{file}, line {line} uses {module}, which is not part of the submission and not installed here.",
    "loading.failure.python2_name": "{file}, line {line} is Python 2: {old} is {new} now.",
    "loading.failure.no_import": "{file}, line {line} uses {name}, but the file does not import it: `{wanted}` is missing.",
    "loading.newer_python": "{file}, line {line} ({text}) is written for a newer Python than the {python} that is used here.",
    "loading.failure.not_scalar": "{file}, line {line}: float(...) and int(...) no longer take an array that has axes, even if it holds a single number; use its .item().",
    "loading.failure.gone": "{file}, line {line}: {old} is gone from NumPy; use {new}.",
    "loading.failure.float_size": "{name} is a float because of / in {file}, line {line}; use //.",
    "loading.failure.float_here": "{file}, line {line}: / makes a float where a whole number is needed; use //.",
}

TEMPLATES: Final[dict[str, str]] = {
    **FILES,
    **ARCHIVES,
    **NOTEBOOKS,
    **CODE,
    **FUNCTIONS,
    **NOTES,
    **HINTS,
}
