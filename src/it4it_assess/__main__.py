"""Where the program starts: `it4it-assess`, or `python -m it4it_assess`."""

import gc
import os
import sys

from it4it_assess import __version__

GARBAGE_AFTER = 200_000
"""Objects made before garbage is looked for; Python's own 700 cost a tenth of a run."""


def main() -> int:
    """Answer `--version` at once, and hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        return _print_version()
    # somebody else's pydantic plugins have no say in this program's results
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # a run is short and makes few circles: looking for them now and then is enough
    gc.set_threshold(GARBAGE_AFTER)
    from it4it_assess.cli.app import main as run  # noqa: PLC0415  after the variable is set

    try:
        return run()
    finally:
        gc.freeze()  # the end is near: what is left need not be looked through for garbage


def _print_version() -> int:
    """Print the version without loading any library."""
    try:
        sys.stdout.write(f"it4it-assess {__version__}\n")
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        sys.stderr.write(f"{error.strerror}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
