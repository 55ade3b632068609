"""``content/`` → entries: each file that changed is read and parsed once.

===============  ============================================================================
``kept``         parsed articles, kept on disk between the phases of a build
``names``        one name for what articles write in several ways
``load``         one file → what is known of it, or what is wrong with it
``packed``       files that were read, as bytes that are decoded when they are looked at
``changes``      how the files of ``content/`` differ from what the last build saw
===============  ============================================================================
"""
