"""The workbench of the demo, served while it is needed."""
import contextlib
import subprocess

from pages import free_port


@contextlib.contextmanager
def serving(program, folder):
    """The address, and the one-time link of each seat."""
    port = free_port()
    command = [program, "demo", str(folder), "--serve", "--listen", f"127.0.0.1:{port}"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    links = {}
    try:
        for line in served.stdout:
            words = line.split()
            if len(words) == 2 and "/link/" in words[1]:
                links[words[0]] = words[1]
            if line.startswith("Ctrl-C"):
                break
        yield f"http://127.0.0.1:{port}", links
    finally:
        served.terminate()
        served.wait()


def routes(program):
    """The paths of the table of routes that answer a GET, with their parts in braces."""
    told = subprocess.run([program, "serve", "--routes"], capture_output=True, text=True, check=True)
    rows = [line.split() for line in told.stdout.splitlines()]
    return [path for method, path, _ in rows if method == "GET"]
