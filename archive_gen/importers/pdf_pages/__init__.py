"""What the pages of a PDF draw → text.

===============  ==============================================================
``lines``        pieces of text and where they stand → lines, as they are read
``paragraphs``   lines → paragraphs and headings
===============  ==============================================================
"""
