"""All articles in order, made from what is known of each without opening its file.

===============  ============================================================================
``entry``        what is known of one article; a row of a list; a term
``order``        articles as numbers, in one order that is kept from build to build
``addresses``    which article or term has which address, when several claim one
``entry_cache``  entries by number, each read when it is looked at
``timeline``     the years, months and days that have articles
``terms``        tags, sources, authors, …: names, addresses, the articles that share them
``album``        which pictures each article shows
``catalogue``    all of it together: articles by date, by term, by neighbour
``changes``      how they differ from those that the last build published
===============  ============================================================================
"""
