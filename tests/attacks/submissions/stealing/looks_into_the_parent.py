"""Opens the grader's memory, descriptors and command line."""
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def steal():
    for pid in {os.getppid(), TARGET['parent'], 1}:
        for name in ('mem', 'cmdline', 'maps', 'fd/0', 'fd/3', 'stat', 'cwd/pyproject.toml', 'root/etc/passwd', 'syscall', 'auxv'):
            attempt('looks into the parent', lambda: open(f'/proc/{pid}/{name}', 'rb', 0).read(4))
        attempt('looks into the parent', lambda: os.listdir(f'/proc/{pid}/fd'))
        attempt('looks into the parent', lambda: os.listdir(f'/proc/{pid}/task'))


def conv_forward_naive(x, w, b, conv_param):
    steal()
    return forward(x, w, b, conv_param)
