"""Records with named fields, as databases, crawlers and content systems write them."""
