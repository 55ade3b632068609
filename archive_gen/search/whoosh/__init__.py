"""The index as Whoosh keeps it: its schema, its files, and who writes and reads them."""
