"""The website's pages: each takes a request and gives an answer. See `backfile.site.urls`."""
