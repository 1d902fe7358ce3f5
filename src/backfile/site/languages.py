"""What the website says, in four languages. Swiss spelling: no ß."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One language of the website. Texts with braces are filled by `str.format`."""

    code: str
    skip: str
    archive: str
    untitled: str
    language: str
    and_: str
    search: str
    search_in: str
    menu: str
    sections: str
    topics: str
    authors: str
    years: str
    undated: str
    front: str
    newest: str
    from_the_archive: str
    articles: tuple[str, str]
    by: str
    published: str
    modified: str
    no_date: str
    newer: str
    older: str
    next_article: str
    previous_article: str
    related: str
    comments: tuple[str, str]
    page_of: str
    next_page: str
    previous_page: str
    agency: str
    notice_title: str
    notice_clean: str
    notice_flagged: str
    report_title: str
    report_lead: str
    report_kind: str
    report_kinds: tuple[tuple[str, str], ...]
    report_passage: str
    report_passage_hint: str
    report_message: str
    report_mail: str
    report_mail_hint: str
    report_trap: str
    report_send: str
    report_thanks_title: str
    report_thanks: str
    report_back: str
    report_again: str
    report_empty: str
    report_too_many: str
    results: tuple[str, str]
    nothing_found: str
    nothing_hint: str
    found_beginnings: str
    found_any: str
    all_sections: str
    all_years: str
    all_languages: str
    filter: str
    not_found_title: str
    not_found: str
    gone_title: str
    gone: str
    error_title: str
    error: str
    feed: str
    imprint: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


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
        "und hat noch Darstellungsfehler. Wir entschuldigen uns und bitten um Geduld. Hinweise nehmen wir gern "
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

FRENCH = Words(
    code="fr",
    skip="Aller au contenu",
    archive="Archives",
    untitled="Sans titre",
    language="Langue",
    and_="et",
    search="Rechercher",
    search_in="Chercher dans les archives",
    menu="Rubriques",
    sections="Rubriques",
    topics="Thèmes",
    authors="Autrices et auteurs",
    years="Années",
    undated="Sans date",
    front="Accueil",
    newest="Articles les plus récents",
    from_the_archive="Année par année",
    articles=("{} article", "{} articles"),
    by="Par",
    published="Publié",
    modified="Mis à jour",
    no_date="Date inconnue",
    newer="Plus récents",
    older="Plus anciens",
    next_article="Article suivant",
    previous_article="Article précédent",
    related="Sur le même thème",
    comments=("{} commentaire d’époque", "{} commentaires d’époque"),
    page_of="Page {} sur {}",
    next_page="Page suivante",
    previous_page="Page précédente",
    agency="Agence",
    notice_title="À propos de cet article",
    notice_clean=(
        "Cet article a été repris de notre ancien système de rédaction et vérifié. Si vous remarquez malgré tout une "
        "erreur d’affichage, merci de nous la signaler : {address}"
    ),
    notice_flagged=(
        "Cet article a été repris automatiquement de notre ancien système de rédaction sur notre nouveau site et "
        "présente encore des erreurs d’affichage. Nous vous prions de nous en excuser et vous remercions de votre "
        "patience. Vos remarques sont bienvenues : {address}"
    ),
    report_title="Signaler une erreur d’affichage",
    report_lead=(
        "Sélectionnez le passage dans l’article ou décrivez-le. "
        "Votre message parvient directement à la rédaction."
    ),
    report_kind="Qu’est-ce qui ne va pas ?",
    report_kinds=(
        ("characters", "Des caractères faux ou étranges"),
        ("text", "Du texte manque, est répété ou mal placé"),
        ("layout", "La mise en page est perturbée"),
        ("picture", "Une image ou une légende manque ou est fausse"),
        ("link", "Un lien ne mène nulle part"),
        ("facts", "Le nom, la date ou la rubrique est faux"),
        ("other", "Autre chose"),
    ),
    report_passage="Passage concerné",
    report_passage_hint="Le texte sélectionné apparaît ici ; vous pouvez aussi le coller.",
    report_message="Votre remarque",
    report_mail="Courriel (facultatif)",
    report_mail_hint="Seulement si vous souhaitez une réponse.",
    report_trap="Veuillez laisser ce champ vide",
    report_send="Envoyer",
    report_thanks_title="Merci",
    report_thanks="Votre message est parvenu à la rédaction. Nous allons examiner ce passage.",
    report_back="Retour à l’article",
    report_again="Le formulaire a expiré. Veuillez l’envoyer encore une fois ; votre texte est conservé.",
    report_empty="Veuillez indiquer le passage ou décrire l’erreur.",
    report_too_many="Votre connexion nous a envoyé de très nombreux messages. Veuillez réessayer dans une heure.",
    results=("{} résultat", "{} résultats"),
    nothing_found="Rien trouvé pour « {} ».",
    nothing_hint="Vérifiez l’orthographe ou cherchez avec moins de mots.",
    found_beginnings="Aucun article ne contient exactement ces mots ; voici les mots qui commencent ainsi.",
    found_any="Aucun article ne contient tous ces mots ; voici ceux qui en contiennent quelques-uns.",
    all_sections="Toutes les rubriques",
    all_years="Toutes les années",
    all_languages="Toutes les langues",
    filter="Affiner",
    not_found_title="Page introuvable",
    not_found="Aucun article des archives ne se trouve à cette adresse. La recherche vous aidera peut-être.",
    gone_title="Article retiré",
    gone="Cet article a été retiré des archives.",
    error_title="Cela n’a pas fonctionné",
    error="Une erreur s’est produite de notre côté. Veuillez réessayer plus tard.",
    feed="Fil d’actualité",
    imprint="Contact",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
)  # fmt: skip

ITALIAN = Words(
    code="it",
    skip="Vai al contenuto",
    archive="Archivio",
    untitled="Senza titolo",
    language="Lingua",
    and_="e",
    search="Cerca",
    search_in="Cerca nell’archivio",
    menu="Rubriche",
    sections="Rubriche",
    topics="Temi",
    authors="Autrici e autori",
    years="Annate",
    undated="Senza data",
    front="Pagina iniziale",
    newest="Articoli più recenti",
    from_the_archive="Anno per anno",
    articles=("{} articolo", "{} articoli"),
    by="Di",
    published="Pubblicato",
    modified="Aggiornato",
    no_date="Data sconosciuta",
    newer="Più recenti",
    older="Meno recenti",
    next_article="Articolo successivo",
    previous_article="Articolo precedente",
    related="Sullo stesso tema",
    comments=("{} commento dell’epoca", "{} commenti dell’epoca"),
    page_of="Pagina {} di {}",
    next_page="Pagina successiva",
    previous_page="Pagina precedente",
    agency="Agenzia",
    notice_title="Su questo articolo",
    notice_clean=(
        "Questo articolo è stato ripreso dal nostro precedente sistema redazionale e verificato. Se nota comunque un "
        "errore di visualizzazione, le siamo grati per una segnalazione: {address}"
    ),
    notice_flagged=(
        "Questo articolo è stato importato automaticamente dal nostro precedente sistema redazionale nel nuovo sito e "
        "presenta ancora errori di visualizzazione. Ce ne scusiamo e la ringraziamo della pazienza. Segnalazioni sono "
        "benvenute: {address}"
    ),
    report_title="Segnalare un errore di visualizzazione",
    report_lead=(
        "Selezioni il passaggio nell’articolo o lo descriva. "
        "La segnalazione arriva direttamente alla redazione."
    ),
    report_kind="Che cosa non va?",
    report_kinds=(
        ("characters", "Caratteri sbagliati o strani"),
        ("text", "Il testo manca, è doppio o al posto sbagliato"),
        ("layout", "L’impaginazione è confusa"),
        ("picture", "Un’immagine o una didascalia manca o è sbagliata"),
        ("link", "Un link non porta da nessuna parte"),
        ("facts", "Nome, data o rubrica sono sbagliati"),
        ("other", "Altro"),
    ),
    report_passage="Passaggio interessato",
    report_passage_hint="Il testo selezionato appare qui da solo; può anche incollarlo.",
    report_message="La sua osservazione",
    report_mail="E-mail (facoltativo)",
    report_mail_hint="Solo se desidera una risposta.",
    report_trap="Lasciare vuoto questo campo",
    report_send="Inviare",
    report_thanks_title="Grazie",
    report_thanks="La sua segnalazione è arrivata alla redazione. Esamineremo il passaggio.",
    report_back="Torna all’articolo",
    report_again="Il modulo è scaduto. Lo invii ancora una volta; il suo testo è conservato.",
    report_empty="Indichi il passaggio o descriva l’errore.",
    report_too_many="Dalla sua connessione sono arrivate moltissime segnalazioni. Riprovi tra un’ora.",
    results=("{} risultato", "{} risultati"),
    nothing_found="Nessun risultato per «{}».",
    nothing_hint="Controlli l’ortografia o cerchi con meno parole.",
    found_beginnings="Nessun articolo contiene esattamente queste parole; ecco le parole che iniziano così.",
    found_any="Nessun articolo contiene tutte queste parole; ecco quelli che ne contengono alcune.",
    all_sections="Tutte le rubriche",
    all_years="Tutti gli anni",
    all_languages="Tutte le lingue",
    filter="Affinare",
    not_found_title="Pagina non trovata",
    not_found="A questo indirizzo non c’è alcun articolo dell’archivio. Forse la ricerca può aiutare.",
    gone_title="Articolo ritirato",
    gone="Questo articolo è stato ritirato dall’archivio.",
    error_title="Qualcosa non ha funzionato",
    error="Si è verificato un errore da parte nostra. Riprovi più tardi.",
    feed="Feed",
    imprint="Contatto",
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
        "novembre", "dicembre",
    ),
    weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
)  # fmt: skip

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
        "This article was automatically imported from our former editorial system to our new website and still has "
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

LANGUAGES = {words.code: words for words in (GERMAN, FRENCH, ITALIAN, ENGLISH)}
NAMES = {"de": "Deutsch", "fr": "Français", "it": "Italiano", "en": "English", "rm": "Rumantsch", "es": "Español"}


_RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


def words_for(*languages: str) -> Words:
    """The words for the first of these BCP 47 tags that has any; German if none has."""
    for language in languages:
        found = LANGUAGES.get(language[:2].lower())
        if found:
            return found
    return GERMAN


def counted(forms: tuple[str, str], number: int) -> str:
    """`1 article`, `2,345 articles` with the separator ’ of Swiss printing."""
    return forms[number != 1].format(f"{number:,}".replace(",", "’"))


def long_date(day: date, words: Words) -> str:
    """`3. Mai 2014`, `1er mai 2014`, `3 maggio 2014`, `3 May 2014`."""
    month = words.months[day.month - 1]
    number = str(day.day)
    if words.code == "de":
        number += "."
    elif words.code == "fr" and day.day == 1:
        number = "1er"
    elif words.code == "it" and day.day == 1:
        number = "1º"
    return f"{number} {month} {day.year}"


def long_time(when: datetime, words: Words) -> str:
    """Date and time; midnight is a date without a time, because old systems wrote it for want of one."""
    day = long_date(when.date(), words)
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return day
    if words.code == "fr":
        return f"{day} à {when.hour}h{when.minute:02}"
    return f"{day}, {when.hour:02}:{when.minute:02}" + (" Uhr" if words.code == "de" else "")


def month_name(year: int, month: int, words: Words) -> str:
    return f"{words.months[month - 1]} {year}"


def right_to_left(language: str) -> bool:
    return language.partition("-")[0].lower() in {
        "ar",
        "arc",
        "dv",
        "fa",
        "he",
        "iw",
        "ku",
        "ps",
        "sd",
        "ug",
        "ur",
        "yi",
    }
