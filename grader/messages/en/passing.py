"""Sentences in English: to which pixels a gradient is passed."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "passing.nothing": "No output pixel passes anything on to {tensor}.",
    "passing.exchanged": "What the output pixel in row i, column j should pass on to {tensor} comes from the one in row j, column i.",
    "passing.channels": "Only {seen} of {wanted} channels of {tensor} get anything.",
    "passing.turned": "Each output pixel is passed on to {tensor} with the kernel turned by 180 degrees.",
    "passing.upside_down": "Each output pixel is passed on to {tensor} with the kernel upside down.",
    "passing.mirrored": "Each output pixel is passed on to {tensor} with the kernel mirrored left to right.",
    "passing.transposed": "Each output pixel is passed on to {tensor} with the kernel's rows and columns swapped.",
    "passing.starts": "The windows that {tensor} is added up from start at {axis} {got} of the padded image where they should start at {expected}.",
    "passing.unfilled": "Some output pixels pass nothing on to {tensor}, for example that of filter {filter} in row {row}, column {column}; the others reach their windows as they should.",
    "passing.shifted": "What each output pixel passes on to {tensor} lies {shift}.",
    "passing.fewer": "The output pixel in row {row}, column {column} reaches only {looked} of the {wanted} pixels of its window in {tensor}; those get the right share.",
    "passing.scaled": "What every output pixel passes on to {tensor} is {factor:g} times what it should be.",
    "passing.other_filter": "Output pixels of filter {filter} pass the weights of filter {other} on to {tensor}.",
    "passing.other_channel": "Channel {channel} of {tensor} gets the weights of channel {other}.",
    "passing.reweighted": "Each output pixel reaches the right pixels of {tensor}, but with other weights than it should.",
    "passing.some": "The output pixel in row {row}, column {column} should reach {wanted} of the pixels of {tensor}; it reaches {shared} of these.",
    "passing.other": "The output pixel in row {row}, column {column} should reach {wanted} of the pixels of {tensor}; it reaches {shared} of these, and {beside} outside its window.",
    "passing.beside": "The output pixel in row {row}, column {column} has nothing but padding in its window; it reaches {beside} of the pixels of {tensor}.",
}
