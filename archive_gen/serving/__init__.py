"""``archive serve``: the built site on this machine.

===========  ================================================================================
``watch``    hears when what a site is built from changes
``serve``    the web server, with search behind its search page
===========  ================================================================================
"""
