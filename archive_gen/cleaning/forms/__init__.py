"""What is of the story, or is not, by its form, whatever rules and model said.

===============  ============================================================
``live``         live reports, whose entries begin with a time
``announced``    lists that the story announces
``parted``       stories that a teaser parts
``single_line``  texts that lost their line ends
``table_rows``   where the tables of a text are
``tabular``      those of them that are of the story
``tidy``         what is none of the story, at its ends and within it
``numbered``     lists that a text numbers itself
``verse``        lines that are broken where their writer wanted it
===============  ============================================================
"""
