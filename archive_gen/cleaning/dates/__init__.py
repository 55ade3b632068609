"""Dates of a page, and which of them is the article's own.

===============  =========================================================
``names``        what months, weekdays and ages are called
``calendars``    years of other calendars
``in_text``      dates in a text
``order``        which of day and month a language writes first
``short``        dates with a year of two digits
``shown``        dates around the headline, and what they are of
``publication``  which of all is the article's
``meant``        how a date is to be written that a person wrote otherwise
===============  =========================================================
"""
