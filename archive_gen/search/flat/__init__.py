"""Flat files beside Whoosh's, in which a search finds what it needs without reading all of it."""
