"""Sentences in English: where student code runs, and how strong its walls are."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "isolation.weak": "isolation is weak here: expected values stay in the parent; submissions can read your files and use your network (see 'convgrade doctor')",
    "doctor.tier.strong": "isolation is strong: student code sees no file, no network and no process of this machine",
    "doctor.tier.medium": "isolation is medium: student code cannot read or write files, use the network or start processes",
    "doctor.tier.weak": "isolation is weak: expected values stay in the parent, but student code can do all that is marked as possible",
    "doctor.blocked": "blocked: {attempt}",
    "doctor.possible": "possible: {attempt}",
    "doctor.attempt.reads_a_file": "reading a file of this machine",
    "doctor.attempt.lists_a_folder": "listing a folder of this machine",
    "doctor.attempt.writes_a_file": "writing a file",
    "doctor.attempt.sends_tcp": "connecting to a server (TCP)",
    "doctor.attempt.sends_udp": "sending a packet (UDP)",
    "doctor.attempt.starts_a_process": "starting a second process",
    "doctor.attempt.runs_a_program": "running another program",
    "doctor.attempt.signals_its_parent": "sending a signal to the grader",
    "doctor.attempt.takes_too_much_memory": "taking more memory than it is allowed",
    "doctor.attempt.reads_the_environment": "reading environment variables",
    "doctor.attempt.imports_the_grader": "importing the grader itself",
    "doctor.attempt.sees_a_file": "seeing whether a file exists",
    "doctor.attempt.sees_its_parent": "seeing that other processes exist",
    "doctor.advice.namespaces": "this machine refuses namespaces ({reason}): with unprivileged user namespaces allowed, isolation would be strong",
    "doctor.advice.landlock": "the kernel has no Landlock ({reason}): Linux 5.13 or newer with Landlock switched on has it",
    "doctor.advice.seccomp": "system calls cannot be filtered ({reason}): install the package libseccomp2 (or libseccomp)",
    "doctor.advice.nobody": "student code keeps root's uid, without root's rights ({reason}): install Python where every user can read it, or grade as an ordinary user",
    "doctor.advice.linux": "on {system} there is no stronger isolation; grade on Linux, in a virtual machine or in a container",
    "doctor.advice.kernel": "this Linux ({release}) offers neither a filter for system calls nor namespaces to build walls with: install libseccomp2, or grade on a newer kernel",
}
