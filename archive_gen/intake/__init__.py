"""From raw files to articles in ``content/``: what happens around cleaning.

=================  ==========================================================================
``inputs``         what an import reads: files and containers, in pieces
``counting``       lines counted over many documents, exact, in bounded memory
``sources``        what was learned of a source ↔ its file in ``_sources/``
``decisions``      what a person decides about lines, written into that file
``joining``        two versions of such a file, as git merges what two people did
``provenance``     the record of an import: where each value comes from
``stated``         the front matter that came with a document, put right
``learning``       first pass: originals saved, and what their sources repeat learned
``pictures``       pictures of an imported page, beside its article
``documents``      documents to which it leads, beside it, too
``vocabulary``     the tags of ``site.yaml``, found in texts
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
``suggestions``    terms that articles share, for a person to make tags of
``variants``       names that may mean the same, for a person to decide
``acceptance``     a term taken into ``site.yaml`` with other words for it
``removal``        articles that are none, taken out
``renaming``       a tag that is called otherwise, in the articles that have it
``extract``        cleaning alone, as a pipe
=================  ==========================================================================
"""
