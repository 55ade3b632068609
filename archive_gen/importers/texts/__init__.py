"""What a text file may hold beside the plain text of one page.

==================  ==========================================================
``literals``        a page as Python shows it: ``b'…\\n'``, ``['…', '…']``
``unstripped``      what a scraper left of HTML
``heads``           what a scraper or a mail program wrote above a text
``joined``          articles that a person or a program put into one text
``movable_type``    entries of Movable Type and TypePad in one text
``marked``          pages that a program turned into Markdown
``printed``         the pages of a PDF, as ``pdftotext`` writes them
``browser_prints``  a page that a browser printed
==================  ==========================================================
"""
