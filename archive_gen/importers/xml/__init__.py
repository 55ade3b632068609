"""Articles in XML, of agencies, editorial systems and crawlers.

=============  =================================================
``nitf``       NITF, of agencies and newspapers
``alto``       ALTO, of a page of print that was read by machine
``extracted``  what trafilatura writes
``articles``   all other XML of articles, by a table
``records``    XML that is a list of records
=============  =================================================
"""
