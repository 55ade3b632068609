"""What the pages of one source repeat, and what a person decided about it.

================  ==============================================================
``counting``      lines counted over many documents, exact, in bounded memory
``source_files``  what was learned of a source ↔ its file in ``_sources/``
``decisions``     what a person decides about lines, written into that file
``joining``       two versions of such a file, as git merges what two people did
================  ==============================================================
"""
