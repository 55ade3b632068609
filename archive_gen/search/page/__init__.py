"""The index that the search page loads: made whole (``index``) or updated (``update``)."""
