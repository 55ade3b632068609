"""The words by which readers find articles: tags, and names of authors, sources and places.

===============  =======================================================
``vocabulary``   the tags of ``site.yaml``, found in texts
``suggestions``  terms that articles share, for a person to make tags of
``variants``     names that may mean the same, for a person to decide
``acceptance``   a term taken into ``site.yaml`` with other words for it
``renaming``     a tag that is called otherwise from now on
===============  =======================================================
"""
