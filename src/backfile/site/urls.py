"""The website's addresses. What is none of them is an article, an old address, or not there."""

from __future__ import annotations

from django.urls import include, path, re_path, register_converter

from backfile.site.views import article, feeds, files, lists, missing, report, searching, sitemaps

handler400 = missing.bad_request
handler404 = missing.missing
handler500 = missing.failed


class _Digits4:
    """A year of four digits, a month or day of two: `2014/5/` is not an address of ours."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class _Digits2(_Digits4):
    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


register_converter(_Digits4, "digits4")
register_converter(_Digits2, "digits2")

urlpatterns = [
    path("", lists.front),
    re_path(r"^[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+$", article.article),
    re_path(r"^undated/[^/]+$", article.article),
    re_path(r"^-/.+$", files.asset),
    path("media/<path:name>", files.media),
    path("search", searching.search),
    path("section/<slug:slug>/", lists.section),
    path("author/<slug:slug>/", lists.author),
    path("topic/<slug:slug>/", lists.topic),
    path("sections/", lists.sections),
    path("topics/", lists.topics),
    path("authors/", lists.authors),
    path("years/", lists.years),
    path("undated/", lists.undated),
    path("<digits4:year>/", lists.year),
    path("<digits4:year>/<digits2:month>/", lists.month),
    path("<digits4:year>/<digits2:month>/<digits2:day>/", lists.day),
    re_path(r"^feed\.(?P<kind>rss|atom|json)$", feeds.feed),
    re_path(r"^section/(?P<slug>[-a-zA-Z0-9_]+)/feed\.(?P<kind>rss|atom|json)$", feeds.feed),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-<int:number>.xml", sitemaps.file),
    path("robots.txt", sitemaps.robots),
    path("report/<int:number>", report.report),
    path("report/<int:number>/thanks", report.thanks),
    path("desk/", include("backfile.desk.urls")),
    re_path(r"^.*$", article.article),
]
