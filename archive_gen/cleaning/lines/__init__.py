"""A raw text → the lines of a page, as people would read them.

=============  ===========================================================
``links``      what programs write beside links when they make text
``joining``    lines put together
``wrapping``   which lines of a text that was broken to a width belong
``caseless``   … in scripts whose letters have no case
``fragments``  which of one that was broken where its markup was
``blocks``     the lines, with what can be seen of each one alone
=============  ===========================================================
"""
