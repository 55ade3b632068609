"""``python -m tests.fuzz [TARGET …] --seconds N``: look for inputs that break a promise.

Needs ``atheris`` (libFuzzer for Python: https://github.com/google/atheris), which has wheels for
Linux. What was reached is kept in ``.fuzz/`` for the next run; an input that breaks a promise
lies there as ``TARGET/broke-…``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

KEPT = Path(".fuzz")
_PATIENCE = 60
_MEGABYTES = 2048
_LARGEST = 4096
_WATCHED = ["archive_gen", "markdown", "yaml"]
"""Packages whose code says which inputs are worth keeping."""


def main() -> int:
    """Fuzz each target in a process of its own; the exit status is 1 if a promise was broken."""
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    call = parser.parse_args()
    if unknown := set(call.targets) - TARGETS.keys():
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    if importlib.util.find_spec("atheris") is None:
        parser.error("atheris is not installed: 'make fuzz' installs it where it can be (Linux)")
    broken = [name for name in call.targets or TARGETS if not holds(name, call.seconds)]
    for name in broken:
        say(f"{name}: broken by {', '.join(map(str, sorted((KEPT / name).glob('broke-*'))))}")
    if broken:
        say("Mend it, then keep the input under tests/fuzz/corpus/TARGET/ with a telling name.")
    return 1 if broken else 0


def holds(target: str, seconds: int) -> bool:
    """Whether no input found within ``seconds`` breaks a promise of ``target``."""
    say(f"-- {target}")
    (KEPT / target / "reached").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "tests.fuzz", "--one", target, str(seconds)]
        return subprocess.run(command, env=os.environ | {"TMPDIR": scratch}).returncode == 0


def fuzz(target: str, seconds: str) -> None:
    """Fuzz ``target`` in this process, which ends with it."""
    import atheris

    # Before anything of ours is imported, and until what is imported only at need is there too.
    with atheris.instrument_imports(include=_WATCHED):
        from tests.fuzz.targets import CORPUS, TARGETS, inputs

        promise = TARGETS[target]
        for path in inputs(target):
            promise(path.read_bytes())
    kept = KEPT / target
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={_PATIENCE}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LARGEST}",
        f"-artifact_prefix={kept}/broke-",
        "-print_funcs=0",
    ]

    def tried(data: bytes) -> None:
        try:
            promise(data)
        except Exception:
            # libFuzzer writes it too, but not where the process ends in another way.
            (kept / f"broke-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)
            raise

    atheris.Setup(["fuzz", *options, str(kept / "reached"), str(CORPUS / target)], tried)
    atheris.Fuzz()


def say(line: str) -> None:
    """For who started it."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(*sys.argv[2:4])
    sys.exit(main())
