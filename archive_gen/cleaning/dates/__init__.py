"""Dates of a page: found in its text (``in_text``) or beside its headline (``shown``), and which of
them is the article's own (``publication``)."""
