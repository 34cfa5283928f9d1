"""Sentences in English: what is wrong with an answer."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "call.raised": "{function} raises {error}: {text} (on {case}).",
    "call.raised_at": "{function} raises {error}: {text} ({unit}, line {line}: {code}; on {case}).",
    "call.timed_out": "{function} did not finish within {seconds:g} s on {case}.",
    "call.timed_out_at": "{function} did not finish within {seconds:g} s on {case}; it was in line {line} of {unit}: {code}.",
    "call.died.signal": "{function} crashed Python ({detail}) on {case}.",
    "call.died.signal_at": "{function} crashed Python ({detail}) in line {line} of {unit}: {code}; on {case}.",
    "call.died.exit": "{function} ended the whole Python process ({detail}) on {case}.",
    "call.died.exit_at": "{function} ended the whole Python process ({detail}) in line {line} of {unit}: {code}; on {case}.",
    "call.died.protocol": "{function} wrote into the grader's own channel ({detail}) on {case}.",
    "call.died.protocol_at": "{function} wrote into the grader's own channel ({detail}) in line {line} of {unit}; on {case}.",
    "call.died.memory": "{function} needed more memory than it may use ({detail}) on {case}.",
    "call.died.memory_at": "{function} needed more memory than it may use ({detail}) in line {line} of {unit}: {code}; on {case}.",
    "call.not_run": "{function} was not run on {case}, because of what happened before.",
    "results.not_two": "{function} returned {got}, expected two results: out and cache.",
    "results.not_gradients": "{function} returned {got}, expected {count} gradients: {names}.",
    "tensor.absent": "{tensor} is missing from what was returned.",
    "tensor.not_array": "{tensor} is {got}, expected an array of shape {expected}.",
    "tensor.shape": "{tensor} has shape {got}, expected {expected}.",
    "tensor.dtype": "{tensor} has dtype {dtype}, expected float64.",
    "tensor.value": "{tensor} is wrong in {wrong} of {size} numbers on {case}.",
    "tensor.not_finite": "{tensor} holds NaN or infinite numbers on {case}.",
    "tensor.remembered": "{tensor} is right the first time and wrong the second, for other numbers of the same shapes: something is kept from one call to the next.",
    "out.reused": "{function} writes every answer into the same array: an earlier out changed when it was called again.",
    "out.constant": "{function} returns the same out for different inputs.",
    "gradients.constant": "{function} returns the same gradients for different inputs.",
    "inputs.changed": "{tensor} was changed in place; the caller's array must stay as it is.",
    "inputs.options_changed": "{tensor} was changed; the caller's options must stay as they are.",
    "inputs.nothing_computed": "neither function computes anything here, so there is nothing to credit.",
    "undecided.internal": "not judged: the grader itself failed ({reason}); this is our fault and costs no points.",
    "undecided.sandbox": "not judged: the sandbox broke ({reason}); this is our fault and costs no points.",
}
