"""Makes links, leaves its folder, and looks for another root."""
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def escape():
    for name in ('passwd', '/tmp/convgrade-left-link', TARGET['folder'] + '/link'):
        attempt('makes a link', lambda: os.symlink('/etc/passwd', name) is None)
        attempt('makes a link', lambda: os.link(TARGET['secret'], name) is None)
        attempt('makes a pipe', lambda: os.mkfifo(name) is None)
        attempt('makes a device', lambda: os.mknod(name, 0o666 | 0o20000, os.makedev(1, 3)) is None)
        attempt('removes', lambda: os.unlink(name) is None)
    attempt('changes a file', lambda: os.chmod(TARGET['secret'], 0o777) is None)
    attempt('changes a file', lambda: os.utime(TARGET['secret']) is None)
    attempt('changes a file', lambda: os.rename(TARGET['secret'], TARGET['secret'] + '2') is None)
    attempt('changes a file', lambda: os.truncate(TARGET['secret'], 0) is None)
    attempt('changes a file', lambda: os.setxattr(TARGET['secret'], 'user.left', b'x') is None)
    attempt('changes its root', lambda: os.chroot('/') is None)
    for path in ('/proc/1/root/etc/passwd', '/proc/self/root/../etc/passwd', '../../../etc/passwd', '/dev/mem', '/dev/kmsg', '/dev/tty'):
        attempt('reads a file', lambda: open(path, 'rb', 0).read(1))


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)
