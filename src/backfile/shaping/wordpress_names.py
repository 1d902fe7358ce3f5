"""Names that WordPress and its plugins give to things: lists that the dialect goes by."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words(
    """
    table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address
    style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure figcaption
    details menu summary script option select
    """
)
"""Elements beside which a line end means nothing: WordPress's own list, and what stands by itself."""

VERBATIM = _words(
    """
    pre script style textarea svg math xmp
    """
)
"""Elements in which line ends are left alone."""

HEADINGS = _words(
    """
    h1 h2 h3 h4 h5 h6
    """
)

MEDIA_ATTRIBUTES = (
    "src",
    "mp3",
    "mp4",
    "m4a",
    "m4v",
    "ogg",
    "ogv",
    "wav",
    "webm",
    "flv",
    "wma",
    "wmv",
    "flac",
    "url",
    "file",
)
"""Where `[audio]` and `[video]` have the address, the likelier first."""

VIDEO_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "googlemaps": "https://www.google.com/maps/embed?{}",
    "gist": "https://gist.github.com/{}",
    "googlevideo": "https://video.google.com/videoplay?docid={}",
    "kickstarter": "https://www.kickstarter.com/{}",
    "polldaddy": "https://polldaddy.com/poll/{}",
    "crowdsignal": "https://polldaddy.com/poll/{}",
    "datawrapper": "https://datawrapper.dwcdn.net/{}/",
    "infogram": "https://infogram.com/{}",
    "iframe": "{}",
    "embedyt": "{}",
    "embed": "{}",
    "pdf": "{}",
    "pdf-embedder": "{}",
    "flashvideo": "{}",
}
"""Shortcodes that show something of elsewhere, and how the address is made of what they name."""

EMBED_HOSTS = _words(
    """
    youtube.com youtu.be youtube-nocookie.com vimeo.com dailymotion.com dai.ly twitter.com x.com instagram.com
    facebook.com fb.watch soundcloud.com spotify.com open.spotify.com flickr.com flic.kr tiktok.com ted.com
    slideshare.net scribd.com issuu.com mixcloud.com reddit.com tumblr.com imgur.com polldaddy.com crowdsignal.com
    wordpress.tv videopress.com vine.co storify.com animoto.com kickstarter.com speakerdeck.com bsky.app
    pinterest.com datawrapper.de datawrapper.dwcdn.net infogram.com srf.ch rts.ch rsi.ch play.srf.ch
    """
)
"""Sites whose bare address on a line of its own WordPress replaces by a player (and those of Swiss broadcasters)."""

BBCODE = {
    "b": "strong",
    "i": "em",
    "u": "u",
    "s": "s",
    "sub": "sub",
    "sup": "sup",
    "quote": "blockquote",
    "blockquote": "blockquote",
    "pullquote": "blockquote",
    "code": "pre",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
}
"""Paired brackets that mean an element of HTML."""

KNOWN = _words(
    """
    caption wp_caption gallery playlist audio video embed contact-form contact-form-7 gravityform ninja_form wpforms
    mc4wp_form newsletter toc ez-toc sitemap archives latest-posts recent-posts related_posts
    jetpack_subscription_form googlemaps google-map map wpgmza table adrotate ad ads adsense rev_slider slider ngg
    nggallery singlepic slideshow nextgen-gallery imagebrowser album tablepress polldaddy poll wp-polls totalpoll
    events_list event print_link more nextpage footnotes ref fn dropcap highlight button su_button share social posts
    products portfolio
    """
) | frozenset(VIDEO_ADDRESSES)
"""Names that are shortcodes even without attributes and closing partner."""
