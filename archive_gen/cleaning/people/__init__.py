"""Who wrote a story: persons, told from the agencies and desks that sign beside them.

==============  =========================================================
``agencies``    news agencies, and what else signs without being a person
``bylines``     the words with which a byline begins
``persons``     whom a byline of markup names
``name_lists``  the names in a line of a text
``japanese``    names in brackets below a Japanese story
``signatures``  who signs a text dump
==============  =========================================================
"""
