"""What crawlers leave: web archives and mirrored sites, and what in them is a story.

================  ========================================================
``warc_plain``    where the records of a web archive end
``warc_records``  its records, behind its compression and its damages
``crawl``         what the web archives of one import hold together
``list_pages``    pages that only lead to stories
``copies``        pages that say that they are copies of others
``mirrors``       pages in the folders of a mirrored site
================  ========================================================
"""
