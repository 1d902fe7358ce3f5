"""Backfile: moves a newspaper's backfile into a new website and proves that nothing was lost."""

__version__ = "0.1.0"
