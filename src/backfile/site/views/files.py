"""Files: the website's own, and those of the media folder."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from backfile.site.about import about
from backfile.site.assets import by_address

_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}
_SAFE = re.compile(r"[^/\\\0]+(?:/[^/\\\0]+)*\Z")


def asset(request: HttpRequest) -> HttpResponse:
    found = by_address().get(request.path_info)
    if not found:
        raise Http404
    response = HttpResponse(found.content, content_type=found.type)
    response["Cache-Control"] = _FOREVER
    return response


def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of `media/`: its name is made from its content, so it never changes. Nothing in it may act."""
    folder = (about().folder / "media").resolve()
    parts = PurePosixPath(name).parts
    if not _SAFE.match(name) or ".." in parts:
        raise Http404
    path = folder.joinpath(*parts)
    if not path.is_file() or folder not in path.resolve().parents:
        raise Http404
    kind = _TYPES.get(path.suffix.lower())
    response = FileResponse(path.open("rb"), content_type=kind or "application/octet-stream", as_attachment=not kind)
    response["Cache-Control"] = _FOREVER
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
