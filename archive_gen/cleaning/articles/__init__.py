"""Texts that are an article and nothing else: no page stands around it.

==================  ============================================
``plain``           texts that a crawler has cleaned already
``markdown_lines``  which lines of Markdown are code or comments
``markdown``        texts that were written as Markdown
==================  ============================================
"""
