"""Where the program starts: `it4it-assess`, or `python -m it4it_assess`."""

import os
import sys

from it4it_assess import __version__


def main() -> int:
    """Answer `--version` at once, and hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"it4it-assess {__version__}")  # noqa: T201  no library is needed for this
        return 0
    # somebody else's pydantic plugins have no say in this program's results
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from it4it_assess.cli.app import main as run  # noqa: PLC0415  after the variable is set

    return run()


if __name__ == "__main__":
    sys.exit(main())
