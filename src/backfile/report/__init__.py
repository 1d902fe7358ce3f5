"""The import report: what happened to every record, for the terminal and as one page that stands alone."""
