"""Sentences in English: what a gradient of the weights takes in."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "taking.nothing": "No output pixel adds anything to {tensor}.",
    "taking.exchanged": "What the output pixel in row i, column j should add to {tensor} is added for the one in row j, column i.",
    "taking.channels": "Only {seen} of {wanted} channels of x count in {tensor}.",
    "taking.turned": "Each output pixel adds its window of x to {tensor} turned by 180 degrees.",
    "taking.upside_down": "Each output pixel adds its window of x to {tensor} upside down.",
    "taking.mirrored": "Each output pixel adds its window of x to {tensor} mirrored left to right.",
    "taking.transposed": "Each output pixel adds its window of x to {tensor} with rows and columns swapped.",
    "taking.starts": "The windows of x that {tensor} is added up from start at {axis} {got} of the padded image where they should start at {expected}.",
    "taking.unfilled": "Some output pixels add nothing to {tensor}, for example that of filter {filter} in row {row}, column {column}; the others add their windows as they should.",
    "taking.shifted": "The window of x that each output pixel adds to {tensor} lies {shift}.",
    "taking.fewer": "The output pixel in row {row}, column {column} adds only {looked} of the {wanted} pixels of its window to {tensor}; those are at the right places.",
    "taking.other_channel": "Pixels of channel {channel} of x count in channel {other} of {tensor}.",
    "taking.reweighted": "Each output pixel adds the right pixels of x to {tensor}, but at other places of the kernel than it should.",
    "taking.some": "The output pixel in row {row}, column {column} should add {wanted} of the pixels of x to {tensor}; it adds {shared} of these.",
    "taking.other": "The output pixel in row {row}, column {column} should add {wanted} of the pixels of x to {tensor}; it adds {shared} of these, and {beside} outside its window.",
    "taking.beside": "The output pixel in row {row}, column {column} has nothing but padding in its window; it adds {beside} of the pixels of x to {tensor}.",
    "taking.mixed": "Output pixels of filter {filter} count in {tensor}[{other}]; they should count in {tensor}[{filter}] only.",
    "taking.left_out": "Some output pixels do not count in {tensor}, for example that of filter {filter} in row {row}, column {column}.",
    "taking.counted": "The output pixel of filter {filter} in row {row}, column {column} counts {times} times in {tensor}[{filter}] where it should count once.",
}
