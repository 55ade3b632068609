"""Databases of content systems, without their server.

==============  ============================================================================
``sql_tokens``  SQL, piece by piece, as words, names, texts and marks
``sql_values``  a value as it is written there → its text
``sql_rows``    what MySQL, PostgreSQL, SQLite and SQL Server dump → rows of tables
``loaded``      those rows as a database of SQLite, for as long as it is read
``tables``      in which tables content systems keep a story, its authors and its terms
``stories``     such a database → records: a story with its authors and terms
``documents``   those records → documents
==============  ============================================================================
"""
