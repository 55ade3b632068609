"""How likely each line of a text is story.

============  ==========================================
``columns``   features as bytes, one for each line
``words``     features of words
``place``     features of place
``features``  all that is seen of each line
``trees``     boosted trees, all lines of a page at once
============  ==========================================
"""
