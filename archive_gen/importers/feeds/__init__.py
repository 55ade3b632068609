"""Feeds, and what the exports of content systems in the form of a feed have of their own.

===============  ===================================================
``parts``        a feed that is too large to be parsed at once
``wordpress``    what WordPress says beside the texts of its posts
``blogger``      captions in the texts of Blogger
``squarespace``  HTML in the texts of Squarespace
===============  ===================================================
"""
