"""The program ``argmap``, also as ``python -m argmap``."""

from __future__ import annotations

import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line; an interruption while it is still being imported is one too."""
    try:
        from argmap.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main()


if __name__ == "__main__":
    run()
