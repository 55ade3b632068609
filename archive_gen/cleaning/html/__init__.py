"""HTML pages: a library proposes the story, our trees and what the page states do the rest.

================  =========================================================
``page``          a page → ``Article``: leads through all below
``fragment``      the same for an article's own HTML, of a feed or a record
``stated/``       what the page states: title, date, author, sections
``script_story``  a story in the data of a script
``untold``        a story that the page leaves to a script to show
``hints``         what an element's tag, class and id say of its lines
``wrapping``      stories that the markup breaks to a width
``open_tables``   in which row and column a cell stands
``pictures``      pictures of the story
``inline``        links and stress within a line
``lines``         the tree → the lines that a reader sees
``spans``         links and stress that an article keeps
``extraction``    what trafilatura takes for the story
``words``         features of words
``around``        features of the elements around a line
``features``      all that is seen of each line
``story``         which lines are the story, by boosted trees
``tables``        which tables are the story's
``headings``      which headings head nothing
``marks``         what each line is
``story_lists``   pages that only lead to stories
``site_title``    the headline of a page whose ``title`` names the site
================  =========================================================
"""
