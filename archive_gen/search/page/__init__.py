"""The index that the search page loads: made whole, or changed as an update asks for.

================  ===============================================
``notation``      numbers as text
``prefix_code``   codes in which what is frequent is short
``posting_bits``  long posting lists in bits
``numbers``       how documents are numbered
``cuts``          where long lists are cut
``shards``        files of keys, and where they are cut
``lists``         lists of documents
``best``          the best articles by a common word
``pairs``         the best by two common words
``merging``       the parts of a list in one order
``endings``       what words have beside their stems
``layout``        which number and file each document has
``manifest``      what is said of all documents
``words``         all words, by length
``vocabulary``    words in families
``terms``         terms and keywords
``files``         each kind of file
``index``         all of it, made from nothing
``made``          files of an earlier build, read again
``edits``         an article before and after an update
``state``         the index after an update
``recut``         shards cut again where they changed
``keys``          files of terms after an update
``common``        files of the best after an update
``update``        what an update changes, without making the rest
================  ===============================================
"""
