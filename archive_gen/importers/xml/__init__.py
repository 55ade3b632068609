"""Articles in XML, of agencies, editorial systems and crawlers."""
