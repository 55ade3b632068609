"""Who wrote a story: persons, told from the agencies and desks that sign beside them.

================  =========================================================
``agencies``      news agencies, and what else signs without being a person
``bylines``       the words with which a byline begins
``persons``       whom a byline of markup names
``name_lists``    the names in a line of a text
``side_lines``    short lines beside a story, taken apart
``unannounced``   whether names that nothing announces are those who sign
``japanese``      names in brackets below a Japanese story
``signed_below``  who signs a story below it
``signatures``    who signs a text dump
================  =========================================================
"""
