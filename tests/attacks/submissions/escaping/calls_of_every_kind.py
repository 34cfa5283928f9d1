"""Makes every system call that is dangerous, and many that only might be."""
import ctypes
import errno

from base import TARGET, attempt, backward as conv_backward_naive, forward

# Numbers of x86-64. What they are given does no harm where they are allowed.
CALLS = {
    'shmget': 29, 'shmat': 30, 'shmctl': 31, 'socket': 41, 'connect': 42, 'accept': 43,
    'sendto': 44, 'recvfrom': 45, 'sendmsg': 46, 'recvmsg': 47, 'shutdown': 48, 'bind': 49,
    'listen': 50, 'socketpair': 53, 'setsockopt': 54, 'fork': 57, 'vfork': 58, 'execve': 59,
    'kill': 62, 'semget': 64, 'semop': 65, 'msgget': 68, 'msgsnd': 69, 'msgrcv': 70,
    'flock': 73, 'fsync': 74, 'truncate': 76, 'ftruncate': 77, 'rename': 82, 'mkdir': 83,
    'rmdir': 84, 'creat': 85, 'link': 86, 'unlink': 87, 'symlink': 88, 'chmod': 90,
    'fchmod': 91, 'chown': 92, 'fchown': 93, 'lchown': 94, 'ptrace': 101, 'syslog': 103,
    'setuid': 105, 'setgid': 106, 'setpgid': 109, 'setsid': 112, 'setreuid': 113,
    'setregid': 114, 'setgroups': 116, 'setresuid': 117, 'setresgid': 119, 'setfsuid': 122,
    'setfsgid': 123, 'capset': 126, 'rt_sigqueueinfo': 129, 'utime': 132, 'mknod': 133,
    'uselib': 134, 'personality': 135, 'ustat': 136, 'sysfs': 139, 'setpriority': 141,
    'sched_setparam': 142, 'sched_setscheduler': 144, 'mlock': 149, 'mlockall': 151,
    'vhangup': 153, 'modify_ldt': 154, 'pivot_root': 155, '_sysctl': 156, 'prctl': 157,
    'arch_prctl': 158, 'adjtimex': 159, 'chroot': 161, 'sync': 162, 'acct': 163,
    'settimeofday': 164, 'mount': 165, 'umount2': 166, 'swapon': 167, 'swapoff': 168,
    'reboot': 169, 'sethostname': 170, 'setdomainname': 171, 'iopl': 172, 'ioperm': 173,
    'init_module': 175, 'delete_module': 176, 'quotactl': 179, 'readahead': 187,
    'setxattr': 188, 'removexattr': 197, 'tkill': 200, 'sched_setaffinity': 203,
    'io_setup': 206, 'lookup_dcookie': 212, 'epoll_create': 213, 'remap_file_pages': 216,
    'timer_create': 222, 'clock_settime': 227, 'tgkill': 234, 'utimes': 235, 'mbind': 237,
    'set_mempolicy': 238, 'mq_open': 240, 'kexec_load': 246, 'add_key': 248,
    'request_key': 249, 'keyctl': 250, 'ioprio_set': 251, 'inotify_init': 253,
    'migrate_pages': 256, 'mkdirat': 258, 'mknodat': 259, 'fchownat': 260,
    'unlinkat': 263, 'renameat': 264, 'linkat': 265, 'symlinkat': 266, 'fchmodat': 268,
    'unshare': 272, 'splice': 275, 'tee': 276, 'sync_file_range': 277, 'vmsplice': 278,
    'move_pages': 279, 'utimensat': 280, 'epoll_pwait': 281, 'signalfd': 282,
    'timerfd_create': 283, 'eventfd': 284, 'fallocate': 285, 'signalfd4': 289,
    'eventfd2': 290, 'epoll_create1': 291, 'inotify_init1': 294, 'pwritev': 296,
    'rt_tgsigqueueinfo': 297, 'perf_event_open': 298, 'fanotify_init': 300,
    'name_to_handle_at': 303, 'open_by_handle_at': 304, 'clock_adjtime': 305,
    'syncfs': 306, 'sendmmsg': 307, 'setns': 308, 'process_vm_readv': 310,
    'process_vm_writev': 311, 'kcmp': 312, 'finit_module': 313, 'sched_setattr': 314,
    'renameat2': 316, 'seccomp': 317, 'memfd_create': 319, 'kexec_file_load': 320,
    'bpf': 321, 'execveat': 322, 'userfaultfd': 323, 'mlock2': 325,
    'copy_file_range': 326, 'pkey_mprotect': 329, 'io_pgetevents': 333,
    'pidfd_send_signal': 424, 'io_uring_setup': 425, 'io_uring_enter': 426,
    'io_uring_register': 427, 'open_tree': 428, 'move_mount': 429, 'fsopen': 430,
    'fsconfig': 431, 'fsmount': 432, 'fspick': 433, 'pidfd_open': 434, 'clone3': 435,
    'openat2': 437, 'pidfd_getfd': 438, 'process_madvise': 440, 'epoll_pwait2': 441,
    'mount_setattr': 442, 'quotactl_fd': 443, 'landlock_create_ruleset': 444,
    'landlock_add_rule': 445, 'landlock_restrict_self': 446, 'memfd_secret': 447,
    'process_mrelease': 448, 'futex_waitv': 449, 'set_mempolicy_home_node': 450,
    'cachestat': 451, 'fchmodat2': 452, 'map_shadow_stack': 453, 'lsm_set_self_attr': 460,
}


def escape():
    libc = ctypes.CDLL(None, use_errno=True)
    for name, number in CALLS.items():
        for first in (0, -1):
            ctypes.set_errno(0)
            result = libc.syscall(number, ctypes.c_long(first), *(ctypes.c_long(0),) * 5)
            refused = result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)
            attempt('makes the call', lambda: not refused and (name, first, result, ctypes.get_errno()))


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)
