"""The rules of cleaning; ``cleaning.RULES`` says in which order they speak.

============  =======================================
``prompts``   buttons, prompts, counters and notices
``title``     the headline
``pictures``  captions and credits
``teasers``   other stories
``header``    byline, date line, keywords and lead
``body``      the story itself, and what is left over
============  =======================================
"""
