"""archive-gen: messy scraped articles in, a browsable and searchable static archive out.

Two pipelines meet only at the Markdown files in ``content/``::

    raw file ── importers ──> RawDocument ── cleaning ──> Article ── store ──> content/*.md
                                                                                  │
    content/*.md ── load ──> Article ── catalogue ──> pages ── render ── publish ──> public/
                                └────────────────────────────── search ──> .archive/search/

A *folder* of this package is a place to extend: ``base.py`` states its contract,
``__init__.py`` holds the table of names, every other file is one member. A *file* is
core. A module imports only from those above it in this list (``tests/test_architecture.py``
holds it to that):

=====================  ====================================================================
``problems``           errors as collected values, and the few that end a command
``dates``              an EDTF date: parse, order, the period it stands on
``article``            the nouns: ``RawDocument``, ``Article``, ``Image``
``config``             ``site.yaml`` → ``SiteConfig``, every fault at once with its line
``parallel``           ``Mapper``: an ordered map, serial or over processes
``urls``               slugs, permalinks, relative links
``markup``             Markdown → safe HTML: the one gate for hostile text
``importers/``         a container (text file, JSON lines, WARC, …) → ``RawDocument``
``markdown_text``      plain text → Markdown that renders as exactly that text
``cleaning/``          ``RawDocument`` → labelled lines → ``Article``
``extract``            cleaning alone, as a pipe
``yaml_nodes``         YAML that a person wrote, with lines and without guessed types
``frontmatter``        text ↔ ``Article``, with line numbers
``store``              the layout of ``content/``
``catalogue``          articles by date, by term, by neighbour; address collisions
``load``               ``content/`` → entries: each changed file read and parsed once
``changes``            how ``content/`` differs from what the last build saw
``pages/``             which pages exist and what each shows
``program``            which program made something: its version, or the state of its source
``template_filters``   what templates can call: links, dates in the reader's language
``theme_files``        the shipped theme, overridden file by file
``dependencies``       what each template reads, as fingerprints
``render``             a page → bytes, through Jinja2
``search/``            the index contract, Whoosh behind it, the browser's index from it
``state``              what the last build knew: ``.archive/build.sqlite``
``publish``            all or nothing into the output folder
``workers``            a build's work on pages and articles, piece by piece
``ingest``, ``build``  the two orchestrators
``serve``              the built site on this machine, with search behind it
``cli/``               thin shells: one file a command
=====================  ====================================================================
"""

__version__ = "0.1.0"
