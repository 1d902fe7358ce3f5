"""The website in Italian."""

from __future__ import annotations

from backfile.site.catalogue import Words

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
        "può ancora presentare errori di visualizzazione. Ce ne scusiamo e la ringraziamo della "
        "pazienza. Segnalazioni sono "
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
