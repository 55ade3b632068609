"""The rules of cleaning; ``cleaning.RULES`` says in which order they speak."""
