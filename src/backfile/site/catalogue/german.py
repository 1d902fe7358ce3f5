"""The website in German."""

from __future__ import annotations

from backfile.site.catalogue import Words

GERMAN = Words(
    code="de",
    skip="Zum Inhalt springen",
    archive="Archiv",
    untitled="Ohne Titel",
    language="Sprache",
    and_="und",
    search="Suchen",
    search_in="Im Archiv suchen",
    menu="Rubriken",
    sections="Rubriken",
    topics="Themen",
    authors="Autorinnen und Autoren",
    years="Jahrgänge",
    undated="Ohne Datum",
    front="Startseite",
    newest="Neueste Artikel",
    from_the_archive="Aus den Jahrgängen",
    articles=("{} Artikel", "{} Artikel"),
    by="Von",
    published="Veröffentlicht",
    modified="Aktualisiert",
    no_date="Datum nicht überliefert",
    newer="Neuere",
    older="Ältere",
    next_article="Nächster Artikel",
    previous_article="Vorheriger Artikel",
    related="Zum gleichen Thema",
    comments=("{} Kommentar von damals", "{} Kommentare von damals"),
    page_of="Seite {} von {}",
    next_page="Nächste Seite",
    previous_page="Vorherige Seite",
    agency="Agentur",
    notice_title="Zu diesem Artikel",
    notice_clean=(
        "Dieser Artikel wurde aus unserem früheren Redaktionssystem übernommen und geprüft. "
        "Falls Ihnen dennoch ein Darstellungsfehler auffällt, sind wir für einen Hinweis dankbar: {address}"
    ),
    notice_flagged=(
        "Dieser Artikel wurde automatisch aus unserem früheren Redaktionssystem auf unsere neue Website übernommen "
        "und kann noch Darstellungsfehler enthalten. Wir entschuldigen uns und bitten um Geduld. "
        "Hinweise nehmen wir gern "
        "entgegen: {address}"
    ),
    report_title="Darstellungsfehler melden",
    report_lead=(
        "Markieren Sie die Stelle im Artikel oder beschreiben Sie sie. "
        "Ihre Meldung geht direkt an die Redaktion."
    ),
    report_kind="Was stimmt nicht?",
    report_kinds=(
        ("characters", "Falsche oder seltsame Zeichen"),
        ("text", "Text fehlt, ist doppelt oder am falschen Ort"),
        ("layout", "Die Darstellung ist durcheinander"),
        ("picture", "Ein Bild oder eine Legende fehlt oder ist falsch"),
        ("link", "Ein Link führt ins Leere"),
        ("facts", "Name, Datum oder Rubrik ist falsch"),
        ("other", "Etwas anderes"),
    ),
    report_passage="Betroffene Stelle",
    report_passage_hint="Markierter Text erscheint hier von selbst; Sie können ihn auch einfügen.",
    report_message="Ihre Bemerkung",
    report_mail="E-Mail (freiwillig)",
    report_mail_hint="Nur wenn Sie eine Antwort wünschen.",
    report_trap="Dieses Feld bitte leer lassen",
    report_send="Meldung senden",
    report_thanks_title="Vielen Dank",
    report_thanks="Ihre Meldung ist bei der Redaktion angekommen. Wir sehen uns die Stelle an.",
    report_back="Zurück zum Artikel",
    report_again="Das Formular ist abgelaufen. Bitte senden Sie es noch einmal ab; Ihr Text ist erhalten.",
    report_empty="Bitte nennen Sie die Stelle oder beschreiben Sie den Fehler.",
    report_too_many="Von Ihrem Anschluss kamen sehr viele Meldungen. Bitte versuchen Sie es in einer Stunde wieder.",
    results=("{} Fundstelle", "{} Fundstellen"),
    nothing_found="Nichts gefunden für «{}».",
    nothing_hint="Prüfen Sie die Schreibweise oder suchen Sie mit weniger Wörtern.",
    found_beginnings="Kein Artikel enthält genau diese Wörter; gezeigt werden Wörter, die so beginnen.",
    found_any="Kein Artikel enthält alle diese Wörter; gezeigt werden Artikel mit einigen davon.",
    all_sections="Alle Rubriken",
    all_years="Alle Jahre",
    all_languages="Alle Sprachen",
    filter="Eingrenzen",
    not_found_title="Seite nicht gefunden",
    not_found="Unter dieser Adresse gibt es im Archiv keinen Artikel. Vielleicht hilft die Suche weiter.",
    gone_title="Artikel zurückgezogen",
    gone="Dieser Artikel wurde aus dem Archiv zurückgezogen.",
    error_title="Das hat nicht geklappt",
    error="Auf unserer Seite ist ein Fehler geschehen. Bitte versuchen Sie es später noch einmal.",
    feed="Feed",
    imprint="Kontakt",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ),
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
)  # fmt: skip
