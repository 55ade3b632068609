"""Records with named fields, as databases, crawlers and content systems write them.

================  ==================================================
``fields``        fields of a record, whatever differs in their names
``values``        one value, however it is written
``rich_text``     what editors in a browser keep → HTML
``marks``         links and stress in it
``typed_json``    values that databases export with their types
``wrapped``       the records in a JSON value
``column_names``  columns of a newsroom's own table → our names
``ghost``         tables of a Ghost export → records
``figures``       a picture in fields of its own → HTML
``drupal``        captions and pictures in the texts of Drupal
``joomla``        tags of plugins in the texts of Joomla, and the picture above
``tumblr``        the pictures of posts of Tumblr
``typo3``         the pictures of news of TYPO3
``spip``          what SPIP's writers type → HTML
``sanity``        documents of Sanity → records
``content_apis``  what systems without pages answer → records
``social``        posts of channels and accounts → records
``telegram``      those of Telegram
``meta``          those of Facebook and Instagram
``activities``    those of Mastodon and its like
``unseen``        what systems say of records that readers never saw
``systems``       what content systems call the fields of an article
``record``        a record → ``RawDocument``
================  ==================================================
"""
