"""The command line where nothing is forked, as on macOS and Windows: ``unforked.py build …``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

if __name__ == "__main__":
    from archive_gen import parallel

    parallel.FORKED = False
    from archive_gen.cli import main

    main()
