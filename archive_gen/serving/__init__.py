"""``archive serve``: the built site on this machine.

===========  ================================================================================
``watch``    hears when what a site is built from changes
``parts``    files in blocks, and the part of one that is asked for
``answers``  what is answered to a request: a file of the site, or what a search finds
``server``   the web server: connections, their time, and whose requests it answers
===========  ================================================================================
"""
