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

=====================  ====================================================================
``problems``           errors as collected values, and the few that end a command
``locks``              one process at a time: who builds, who writes articles
``seals``              checksums of what one command leaves for the next
``report``             what a build did
``garbage``            how often Python looks for values that nothing leads to
``texts``              what is text at all, and a value as one line of it
``dates``              an EDTF date: parse, order, the period it stands on
``article``            the nouns: ``RawDocument``, ``Article``, ``Image``
``urls``               slugs, permalinks, relative links, names that no file may have
``pictures``           a picture's file: what kind it is, how large, who means it
``config``             ``site.yaml`` → ``SiteConfig``, every fault at once with its line
``parallel``           ``Mapper``: an ordered map, serial or over processes
``trace``              watching a build: how far it is, which process did what when
``converter``          Python-Markdown as this archive uses it, not made safe yet
``markup``             Markdown → safe HTML: the one gate for hostile text
``yaml_nodes``         YAML that a person wrote, with lines and without guessed types
``importers/``         a container (text file, JSON lines, WARC, …) → ``RawDocument``
``markdown_text``      plain text → Markdown that renders as exactly that text
``cleaning/``          ``RawDocument`` → labelled lines → ``Article``
``yaml_edit``          YAML that a person wrote, changed in one place
``frontmatter``        text ↔ ``Article``, with line numbers
``stamps``             what the files of a folder look like, in one piece
``listing``            which files ``content/`` holds
``store``              the layout of ``content/``
``imported``           what a reader is told of an article's import
``intake/``            from raw files to ``content/``: learn, clean, write, clean again
``entry``              what is known of an article without opening it
``order``              the order of an archive as numbers, kept from build to build
``addresses``          who has which address, when several claim one
``entry_cache``        entries by number, each read when it is looked at
``timeline``           the years, months and days that have articles
``catalogue``          articles by date, by term, by neighbour; address collisions
``album``              which pictures each article shows
``kept``               articles kept ready between the phases of a build
``load``               ``content/`` → entries: each changed file read and parsed once
``packed``             files that were read, as bytes that are decoded when looked at
``changes``            how ``content/`` differs from what the last build saw
``pages/``             which pages exist and what each shows
``program``            which program made something: its version, or the state of its source
``rendering/``         a planned page → bytes, through Jinja2
``search/``            the index contract, Whoosh behind it, the browser's index from it
``stored_entries``     content files as rows of the state, read when they are asked for
``state``              what the last build knew: ``.archive/build.sqlite``
``publish``            all or nothing into the output folder
``current``            whether there is anything to build at all
``workers``            a build's work on pages and articles, piece by piece
``outcome``            what became of pages and other files, as it comes
``indexing``           the search part of a build
``build``              brings the published site up to date: the orchestrator
``redact``             takedown: words out of everything that the archive keeps
``export``             the archive as one package with checksums
``check/``             is the archive whole: originals, articles, site, links
``moved``              where each article was found, and where it is now
``watch``              hears when what a site is built from changes
``serve``              the built site on this machine, with search behind it
``cli/``               thin shells: one file a command
=====================  ====================================================================
"""

__version__ = "0.1.0"
