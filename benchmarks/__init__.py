"""Benchmarks: each prints a table, and writes it to docs/ when asked with --write."""

import os

os.environ.pop("COACH_LIBRARY", None)  # what is measured is what ships
