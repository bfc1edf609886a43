"""Run the tool as ``python -m it4it_assess``."""

import sys

from it4it_assess.cli.app import main

sys.exit(main())
