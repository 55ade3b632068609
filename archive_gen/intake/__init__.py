"""From raw files to articles in ``content/``: what happens around cleaning.

=================  ==========================================================================
``inputs``         the files that an import means
``pieces``         their documents, in pieces: files, containers, archives unpacked
``sources/``       what the pages of one source repeat, and what a person decided about it
``provenance``     the record of an import: where each value comes from
``stated``         the front matter that came with a document, put right
``learning``       first pass: originals saved, and what their sources repeat learned
``pictures``       pictures of an imported page, beside its article
``documents``      documents to which it leads, beside it, too
``terms/``         tags, and names of authors, sources and places
``versions``       texts that are the same or nearly, known by their sketches
``derived``        databases that can be made again from ``content/``
``index``          what an import has to know of the archive, without opening its articles
``stories``        which stories an archive tells already
``outcome``        what becomes of one document, on the way and at the end
``unread``         which inputs have to be read, and what is remembered of them
``further_pages``  stories that a site parted into several pages
``gaps``           what a copy of an article says of it that the article does not
``writing``        articles and their records onto the disk
``ingest``         second pass: documents cleaned, and the course of an import
``merging``        a person's edits and a new cleaning, in one article
``reclean``        articles again from their originals
``doubts``         articles that cleaning was not sure of
``review``         one of them, and what a person decides about its lines
``removal``        articles that are none, taken out
``extract``        cleaning alone, as a pipe
=================  ==========================================================================
"""
