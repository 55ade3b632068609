"""The model of story text: what is seen of each line (``features``), and boosted ``trees``."""
