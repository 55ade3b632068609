"""``python -m archive_gen``: the same as ``archive``."""

from archive_gen.cli import main

main()
