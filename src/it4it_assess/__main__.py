"""Where the program starts: `it4it-assess`, or `python -m it4it_assess`."""

import os
import sys

from it4it_assess import __version__


def main() -> int:
    """Answer `--version` at once, and hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        return _print_version()
    # somebody else's pydantic plugins have no say in this program's results
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from it4it_assess.cli.app import main as run  # noqa: PLC0415  after the variable is set

    return run()


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
