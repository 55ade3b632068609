"""Flat files beside Whoosh's, in which a search finds what it needs without reading all of it.

===========  ===================================================
``file``     named sections and numbered records, with checksums
``table``    text keys → records
``weights``  how weights lie in a record
``bits``     weights as sets of documents
``lists``    what can be read of a segment
``segment``  one segment, as a search reads it
``joined``   segments in a row, searched as one
``join``     the lists of such segments put together
``write``    a segment of Whoosh → flat lists
===========  ===================================================
"""
