"""The headline: which lines could be it, and what speaks for one.

==============  ==========================================
``candidates``  which lines of a page could be its headline
``features``    what speaks for a headline
``weights``     how much each feature does
==============  ==========================================
"""
