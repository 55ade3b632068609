"""``archive build``: brings the published site and the search index up to date.

==================  =========================================================================
``report``          what a build did
``publish``         bytes into the output folder, all or nothing
``facts``           single values that a build leaves for the next one
``stored_entries``  content files as rows of the state, read when they are asked for
``old_addresses``   addresses that articles had before
``fingerprints``    those of pages as they were made last, packed
``database``        ``.archive/build.sqlite`` opened, found damaged, deleted
``state``           what the last build knew: ``.archive/build.sqlite``
``last_build``      what the last build left, as far as it still holds
``present``         articles, pictures and faults as they are now
``seen``            which articles are as the last build saw them
``current``         whether there is anything to build at all
``workers``         work on pages and articles, piece by piece, in whatever process
``planning``        which groups of pages are planned anew
``other_files``     the files of the site that are no pages
``outcome``         what became of pages and other files, as it comes from the workers
``indexing``        the search part
``run``             all of it together, phase by phase
``build``           one build at a time, from nothing where the state is damaged
``trace``           watching a build: how far it is, which process did what when
==================  =========================================================================
"""
