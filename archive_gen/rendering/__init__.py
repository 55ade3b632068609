"""A planned page → bytes, through Jinja2.

====================  =======================================================================
``citations``         an article as BibTeX, RIS, CSL-JSON and a line of text
``comparison``        two versions of a text: which words went, which came
``figures``           pictures of an article, each with its size and words
``own_links``         links in a text that lead to articles of the archive
``wide_tables``       tables of an article, each in a box that scrolls
``notes``             corrections and notices of an article
``tables``            rows as JSON and CSV
``json_feeds``        the newest articles as JSON Feed
``translations``      the interface's texts in the site's language
``localised``         dates and names of languages in the site's language
``template_filters``  what templates can call
``theme_files``       the shipped theme, overridden file by file
``search_script``     the script of the search, joined from its parts
``template_faults``   what is wrong with a template, and where
``dependencies``      what each template reads, as fingerprints
``inlining``          a template with all that it extends and includes, as one tree
``folding``           what settings alone decide, put in when a template is compiled
``compiling``         templates → lean code
``compiled``          what is kept of compiled templates for the next process
``environment``       how templates are found, read and made code of
``render``            all of it together: the ``Renderer``
====================  =======================================================================
"""
