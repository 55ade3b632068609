"""Fuzzing: what no input at all may do to the parsers.

``targets`` states what each parser promises, ``corpus/TARGET/`` holds inputs worth beginning
from: one that broke a promise stays there for good. The tests run every file and some
mutations of it; ``python -m tests.fuzz`` searches on, led by the code that an input reaches.
"""
