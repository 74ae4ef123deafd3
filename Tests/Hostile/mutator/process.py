"""One run of the program: how it ended, what it wrote, what it cost."""

import os
import resource
import signal
import subprocess
import tempfile
import time

# Whoever sets the options of the address sanitizer runs a program that has it: all takes several times as much then.
is_sanitized = "ASAN_OPTIONS" in os.environ
processor_seconds = 200 if is_sanitized else 20
most_megabytes = 16_000 if is_sanitized else 2_000
wall_seconds = 12 * processor_seconds
largest_output = 1 << 28
# Far more than a run may take, so that the machine outlives one that takes it; what is taken is judged afterwards. The
# sanitizer's shadow is larger than that.
address_space = resource.RLIM_INFINITY if is_sanitized else 24 << 30


class Outcome:
    """What one run of the program came to."""

    def __init__(self, arguments, status, signal_number, out, err, seconds, megabytes):
        self.arguments = arguments
        self.status = status
        self.signal = signal_number
        self.out = out
        self.err = err
        self.seconds = seconds
        self.megabytes = megabytes

    @property
    def text(self):
        return b"\n".join(_ends(text) for text in (self.out, self.err)).decode(errors="replace")


def _ends(text, most=200_000):
    """What is looked at of a long text: a script may print megabytes before its error."""
    return text if len(text) <= 2 * most else text[:most] + b"\n" + text[-most:]


class Program:
    """The program, with a home of its own for what it keeps."""

    def __init__(self, path, home):
        self.path = os.path.abspath(path)
        self.home = home
        os.makedirs(home, exist_ok=True)
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "STRAT_CACHE": os.path.join(home, "cache"),
            "LC_ALL": "C.UTF-8",
            "STRAT_HISTORY": os.path.join(home, "history"),
            "EDITOR": "true",
            "VISUAL": "true",
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }

    def run(self, arguments, folder, text=b"", environment=None):
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            source.write(text)
            source.seek(0)
            started = time.monotonic()
            process = subprocess.Popen(
                [self.path, *arguments],
                cwd=folder,
                env={**self.environment, **(environment or {})},
                stdin=source,
                stdout=out,
                stderr=err,
                preexec_fn=_confine,
            )
            signal.signal(signal.SIGALRM, lambda *_: process.kill())
            signal.setitimer(signal.ITIMER_REAL, wall_seconds)
            _, status, usage = os.wait4(process.pid, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            process.returncode = 0
            out.seek(0)
            err.seek(0)
            seconds = usage.ru_utime + usage.ru_stime
            if time.monotonic() - started >= wall_seconds:
                seconds = max(seconds, wall_seconds)
            return Outcome(
                arguments,
                os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
                os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
                out.read(),
                err.read(),
                seconds,
                usage.ru_maxrss / 1024,
            )


def _confine():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (3 * processor_seconds, 3 * processor_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_output, largest_output))
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
