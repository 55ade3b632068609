"""The files of ``content/``: which there are, where each lies, and what stands in its front matter.

===============  ============================================================================
``stamps``       name, size and time of each file of a folder, as one value
``listing``      which files there are, and what they look like from outside
``disk``         any file, read, and written whole or not at all
``store``        the layout: where articles, originals, records and sources lie
``imported``     the few facts of an article's import that its page shows
``frontmatter``  the text of an article's file ↔ ``Article``, with line numbers
``editing``      what an article's file states, changed; all else in it stays
``reading``      the articles one after the other
``own_pages``    pages that are no articles: the files of ``_pages/``
===============  ============================================================================
"""
