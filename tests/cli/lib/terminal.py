"""What a command writes to a terminal: python3 with this folder in PYTHONPATH, from terminal import written."""
import os
import pty


def written(command, output=False, folder=None):
    """Runs the command with its standard error on a terminal, and its standard output there too, or nowhere."""
    out, (parent, child) = b"", pty.openpty()
    if os.fork() == 0:
        os.dup2(child if output else os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(child, 2)
        if folder:
            os.chdir(folder)
        os.execv(command[0], command)
    os.close(child)
    while True:
        try:
            part = os.read(parent, 4096)
        except OSError:
            break
        if not part:
            break
        out += part
    return out.decode()
