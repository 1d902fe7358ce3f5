"""Backfile: moves a newspaper's backfile into a new website and proves that nothing was lost."""

__version__ = "0.1.0"

from backfile import decoding as _decoding  # noqa: F401  # its codecs must be known wherever a record is read
