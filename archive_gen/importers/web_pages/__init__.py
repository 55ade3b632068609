"""Web pages that are more, or less, than the page on which readers found one article.

==============  ====================================================================
``web_copies``  a page as the Wayback Machine and others show it
``hocr``        a page of print that was read by machine
``medium``      a page of Medium's export
``substack``    a post of Substack's export
``telegram``    posts of a channel, as Telegram Desktop writes them down
``press``       articles of a press database in one page
==============  ====================================================================
"""
