"""Who wrote a story: persons, told from the agencies and desks that sign beside them."""
