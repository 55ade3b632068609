"""What a web page states of its article, to programs and to readers.

===============  =======================================
``json_values``  values in JSON of any size and depth
``json_ld``      what JSON-LD states
``head``         meta elements and JSON-LD together
``sections``     the names that the page gives its sections
``title``        the headline, freed of the site's name
``date``         when the page says that the article appeared
``author``       who wrote it
``metadata``     all of it together
===============  =======================================
"""
