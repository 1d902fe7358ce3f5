"""The website in English."""

from __future__ import annotations

from backfile.site.catalogue import Words

ENGLISH = Words(
    code="en",
    skip="Skip to content",
    archive="Archive",
    untitled="Untitled",
    language="Language",
    and_="and",
    search="Search",
    search_in="Search the archive",
    menu="Sections",
    sections="Sections",
    topics="Topics",
    authors="Authors",
    years="Years",
    undated="Undated",
    front="Front page",
    newest="Latest articles",
    from_the_archive="Year by year",
    articles=("{} article", "{} articles"),
    by="By",
    published="Published",
    modified="Updated",
    no_date="Date not recorded",
    newer="Newer",
    older="Older",
    next_article="Next article",
    previous_article="Previous article",
    related="On the same topic",
    comments=("{} comment from the time", "{} comments from the time"),
    page_of="Page {} of {}",
    next_page="Next page",
    previous_page="Previous page",
    agency="Agency",
    notice_title="About this article",
    notice_clean=(
        "This article was imported from our former editorial system and checked. If you still notice a display error, "
        "we would be glad to hear of it: {address}"
    ),
    notice_flagged=(
        "This article was automatically imported from our former editorial system to our new "
        "website and may still have "
        "display errors. We apologise and ask for your patience. Please do tell us what you find: {address}"
    ),
    report_title="Report a display error",
    report_lead=(
        "Select the passage in the article, or describe it. "
        "Your report goes straight to the editors."
    ),
    report_kind="What is wrong?",
    report_kinds=(
        ("characters", "Wrong or strange characters"),
        ("text", "Text is missing, repeated or out of place"),
        ("layout", "The layout is jumbled"),
        ("picture", "A picture or caption is missing or wrong"),
        ("link", "A link leads nowhere"),
        ("facts", "A name, date or section is wrong"),
        ("other", "Something else"),
    ),
    report_passage="The passage",
    report_passage_hint="Text that you select appears here by itself; you can also paste it.",
    report_message="Your remark",
    report_mail="Email (optional)",
    report_mail_hint="Only if you would like an answer.",
    report_trap="Please leave this field empty",
    report_send="Send report",
    report_thanks_title="Thank you",
    report_thanks="Your report has reached the editors. We will look at the passage.",
    report_back="Back to the article",
    report_again="The form has expired. Please send it once more; your text is kept.",
    report_empty="Please name the passage or describe the error.",
    report_too_many="A great many reports came from your connection. Please try again in an hour.",
    results=("{} result", "{} results"),
    nothing_found="Nothing found for “{}”.",
    nothing_hint="Check the spelling, or search with fewer words.",
    found_beginnings="No article has exactly these words; shown are words that begin with them.",
    found_any="No article has all these words; shown are articles with some of them.",
    all_sections="All sections",
    all_years="All years",
    all_languages="All languages",
    filter="Narrow down",
    not_found_title="Page not found",
    not_found="The archive has no article at this address. The search may help.",
    gone_title="Article withdrawn",
    gone="This article has been withdrawn from the archive.",
    error_title="That did not work",
    error="Something went wrong on our side. Please try again later.",
    feed="Feed",
    imprint="Contact",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)  # fmt: skip
