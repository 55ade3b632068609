"""The index as Whoosh keeps it: its schema, its files, and who writes and reads them.

==============  =================================================
``schema``      what is kept of an article
``place_bits``  where words stand, in bits
``codec``       Whoosh's file format, a posting list at a time
``merging``     which segments an update writes again
``segments``    the segments of the latest commit
``postings``    all that is read of terms and columns
``index``       the index in its folder: written, updated, merged
==============  =================================================
"""
