"""Compile the list of system calls that student code may make."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from typing import Final, NamedTuple

# Memory, time, chance, threads, and reading what is open or may be opened.
ALLOWED: Final = (
    "read readv pread64 preadv write writev close lseek",
    "fstat newfstatat stat lstat statx fstatfs statfs access faccessat faccessat2",
    "readlink readlinkat getdents getdents64 getcwd chdir fchdir umask",
    "dup dup2 dup3 pipe pipe2 poll ppoll select pselect6",
    "brk mmap munmap mremap mprotect madvise mincore",
    "futex set_robust_list get_robust_list rseq membarrier sched_yield",
    "sched_getaffinity sched_getparam sched_getscheduler",
    "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait",
    "sigaltstack restart_syscall alarm setitimer getitimer pause",
    "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times",
    "getpid getppid gettid getuid geteuid getgid getegid getgroups",
    "getresuid getresgid getpgrp getpgid getsid getpriority",
    "getrusage getrlimit setrlimit getcpu uname sysinfo getrandom wait4 waitid",
    "close_range set_tid_address exit exit_group",
)
# What the C library asks for first and does without when it is told there is none.
UNKNOWN: Final = "clone3 openat2"
THREAD: Final = 0x00010000  # CLONE_THREAD: fork lacks it
ACCESS: Final = 0o3  # O_RDONLY, O_WRONLY or O_RDWR
CREATE_OR_TRUNCATE: Final = 0o100 | 0o1000
# TCGETS, TIOCGWINSZ, FIOCLEX, FIONCLEX: is it a terminal, how wide, close it on exec.
TERMINAL: Final = (0x5401, 0x5413, 0x5451, 0x5450)
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC.
DESCRIPTOR: Final = (0, 1, 2, 3, 4, 1030)


class NoFilterError(Exception):
    """There is no seccomp to be had; the text says what is missing."""


class Rule(NamedTuple):
    """A call that is allowed where this argument, masked, has this value."""

    call: str
    argument: int
    mask: int
    value: int


def rules(*, files_are_guarded: bool) -> tuple[Rule, ...]:
    """Return what is allowed with conditions only."""
    word = 0xFFFFFFFF
    opening = [("open", 1), ("openat", 2)]
    read_only = [Rule(call, at, ACCESS | CREATE_OR_TRUNCATE, 0) for call, at in opening]
    # Landlock knows which files may be written: /dev/null. Old ones do not notice a
    # file that is opened to read and cut off, so that this is never allowed.
    writing = [Rule(call, at, ACCESS, how) for call, at in opening for how in (1, 2)]
    return (
        Rule("clone", 0, THREAD, THREAD),
        Rule("prlimit64", 0, word, 0),  # one's own limits, and no other process's
        *(Rule("ioctl", 1, word, request) for request in TERMINAL),
        *(Rule("fcntl", 1, word, command) for command in DESCRIPTOR),
        *read_only,
        *(writing if files_are_guarded else ()),
    )


def compiled(*, files_are_guarded: bool) -> bytes:
    """Return the filter as the kernel takes it; NoFilterError if that cannot be.

    Everything that is not allowed fails with EPERM, so that Python raises
    PermissionError. Where nothing else guards files, none can be opened to write.
    """
    try:
        import pyseccomp as seccomp  # noqa: PLC0415 (it fails without libseccomp)
    except (ImportError, OSError, RuntimeError) as error:
        raise NoFilterError(f"libseccomp cannot be loaded: {error}") from error
    made = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))

    def add(action: int, call: str, *conditions: object) -> None:
        # Not every architecture has every call: what is not there needs no rule.
        with contextlib.suppress(OSError):
            made.add_rule(action, call, *conditions)

    for call in " ".join(ALLOWED).split():
        add(seccomp.ALLOW, call)
    for call in UNKNOWN.split():
        add(seccomp.ERRNO(errno.ENOSYS), call)
    for call, argument, mask, value in rules(files_are_guarded=files_are_guarded):
        condition = seccomp.Arg(argument, seccomp.MASKED_EQ, mask, value)
        add(seccomp.ALLOW, call, condition)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()
