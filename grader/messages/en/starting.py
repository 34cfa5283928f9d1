"""Sentences in English: how a program started, and notes on its points."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "session.whole_file": "A name that the functions use was not found by reading {file}, so the whole file was run.",
    "session.missing": "{file} runs to its end, but leaves no function called {names}.",
    "session.documented_cache": "Where forward raised an exception, backward was given the documented cache (forward's own arguments).",
    "session.unexplained": "The points are as they should be, but explaining them failed ({reason}). This is our fault.",
    "load.raised": "{function} cannot be run: it raises {error}: {text}.",
    "load.raised_at": "{function} cannot be run: it raises {error} in line {line} of {unit} ({code}): {text}.",
    "load.raised_bare": "{function} cannot be run: it raises {error}.",
    "load.raised_bare_at": "{function} cannot be run: it raises {error} in line {line} of {unit} ({code}).",
    "load.timed_out": "{function} did not get to its end within {seconds:g} s, before any function was called.",
    "load.timed_out_at": "{function} did not get to its end within {seconds:g} s, before any function was called; it was in line {line} of {unit} ({code}).",
    "load.died.signal": "{function} crashed Python ({detail}) before any function was called.",
    "load.died.signal_at": "{function} crashed Python ({detail}) in line {line} of {unit} ({code}), before any function was called.",
    "load.died.exit": "{function} ended the whole Python process ({detail}) before any function was called.",
    "load.died.exit_at": "{function} ended the whole Python process ({detail}) in line {line} of {unit} ({code}), before any function was called.",
    "load.died.protocol": "{function} wrote into the grader's own channel ({detail}) before any function was called.",
    "load.died.protocol_at": "{function} wrote into the grader's own channel ({detail}) in line {line} of {unit}, before any function was called.",
    "load.died.memory": "{function} needed more memory than it may use ({detail}) before any function was called.",
    "load.died.memory_at": "{function} needed more memory than it may use ({detail}) in line {line} of {unit} ({code}), before any function was called.",
}
