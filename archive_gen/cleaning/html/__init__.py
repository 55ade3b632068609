"""HTML pages: ``page`` leads, ``head`` and ``lines`` read, the others judge what was read."""
