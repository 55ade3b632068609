"""archive-gen: messy scraped articles in, a browsable and searchable static archive out.

Two pipelines meet only at the Markdown files in ``content/``::

    raw file ── importers ──> RawDocument ── cleaning ──> Article ── store ──> content/*.md
                                                                                  │
    content/*.md ── load ──> Article ── catalogue ──> pages ── render ── publish ──> public/
                                └────────────────────────────── search ──> .archive/search/

A *folder* with a ``base.py`` is a place to extend: ``base.py`` states its contract,
``__init__.py`` holds the table of names, every other file is one member, or serves several. Any
other folder is a stage of a pipeline or a part of one, and its ``__init__.py`` is its map. A *file*
is core.
A module imports only from those above it in this list (``tests/test_architecture.py`` holds
it to that):

=================  ========================================================================
``problems``       errors as collected values, and the few that end a command
``layout``         the names of an archive's files and folders
``locks``          one process at a time: who builds, who writes articles
``seals``          checksums of what one command leaves for the next
``garbage``        Python's garbage collector, made to run seldom
``memo``           values that are made when they are first asked for
``texts``          plain text: no control characters, on one line, folded
``language_tags``  the form of ``pt-BR`` and ``zh-Hant``
``scripts``        scripts that put no spaces between words
``alphabets``      the order of names in a language, and the letters of an index
``dates``          an EDTF date: parse, order, the period it stands on
``article``        the nouns: ``RawDocument``, ``Article``, ``Image``
``conditions``     a condition of a query as it is typed
``urls``           slugs, permalinks, relative links, names that no file may have
``pictures``       a picture's file: what kind it is, how large, who means it
``yaml_nodes``     YAML that a person wrote, with lines and without guessed types
``declared``       values that a person wrote against a declared type: every fault, with its line
``config``         ``site.yaml`` → ``SiteConfig``, every fault at once with its line
``parallel``       ``Mapper``: an ordered map, serial or over processes
``program``        which program made something: its version, or the state of its source
``converter``      Python-Markdown as this archive uses it, not made safe yet
``short_cuts``     the HTML of Markdown that needs no parser
``markup``         Markdown → safe HTML: the one gate for hostile text
``importers/``     a container (text file, JSON lines, WARC, …) → ``RawDocument``
``markdown_text``  plain text → Markdown that renders as exactly that text
``cleaning/``      ``RawDocument`` → labelled lines → ``Article``
``yaml_edit``      YAML that a person wrote, changed in one place
``content/``       the files of ``content/``: where each lies, and its front matter ↔ ``Article``
``intake/``        from raw files to ``content/``: learn, clean, write, clean again
``catalogue/``     articles by date, by term, by neighbour, without opening any
``loading/``       ``content/`` → entries: each changed file read and parsed once
``pages/``         which pages exist and what each shows
``rendering/``     a planned page → bytes, through Jinja2
``search/``        the index that Whoosh keeps, answers from it, the browser's index
``building/``      brings the published site and the index up to date, all or nothing
``passages``       a passage, however files write it, and a mark in its place
``redact``         takedown: words out of everything that the archive keeps
``remains``        where words that were taken out still stand
``export``         the archive as one package with checksums
``check/``         is the archive whole: originals, articles, site, links
``moved``          where each article was found, and where it is now
``serving/``       the built site on this machine, with search behind it
``cli/``           thin shells: one file a command
=================  ========================================================================
"""

__version__ = "0.1.0"
