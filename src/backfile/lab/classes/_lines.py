"""The lines that intrude into articles, by language; invented, after what old systems leave behind."""

from __future__ import annotations

from backfile.lab.classes._places import Lines

MONTHS: Lines = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
           "novembre", "dicembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
PRODUCTION: Lines = {
    "de": ("Erstellt: {date}, {time} Uhr", "Publiziert am {date} {time}", "Aktualisiert am {date}, {time} Uhr",
           "{day}. {month} {year} {time}; Akt: {date} {time} Print", "Zeichen: 2300"),
    "fr": ("Créé: {date}, {time}", "Publié le {date} à {time}", "Mis à jour le {date}, {time}"),
    "it": ("Pubblicato il {date} alle {time}", "Aggiornato il {date}, {time}"),
    "en": ("Published: {date} {time}", "Last updated: {date}, {time}", "Created: {date}, {time}"),
}  # fmt: skip
AGENCIES: Lines = {
    "de-CH": ("sda", "ap", "si"),
    "de": ("dpa", "ddp", "sid"),
    "fr": ("ats", "afp", "ap"),
    "it": ("ats", "ansa"),
    "en": ("Reuters", "PA", "AP"),
}
TOWNS: Lines = {
    "de-CH": ("Bern", "Chur", "Zürich", "Olten"),
    "de": ("Berlin", "Hannover", "Würzburg"),
    "fr": ("Genève", "Lausanne", "Paris"),
    "it": ("Lugano", "Bellinzona", "Roma"),
    "en": ("London", "Glasgow", "Leeds"),
}
BY: Lines = {"de": ("Von",), "fr": ("Par", "De"), "it": ("Di",), "en": ("By",)}
CREDITS: Lines = {
    "de": ("Bild: Keystone", "Foto: Sabine Räber", "Bild: zvg"),
    "fr": ("Photo: Keystone", "Photo: Lionel Chessex"),
    "it": ("Foto: Keystone", "Foto: Aldo Ghezzi"),
    "en": ("Photo: Reuters", "Photo: Will Harker"),
}
RELATED_HEADS: Lines = {
    "de": ("Mehr zum Thema", "Lesen Sie auch", "Artikel zum Thema"),
    "fr": ("Lire aussi", "Sur le même sujet"),
    "it": ("Leggi anche", "Articoli correlati"),
    "en": ("Related articles", "Read more"),
}
RELATED_TITLES: Lines = {
    "de": ("Kredit für den Werkhof genehmigt", "Schützenhaus wird verkauft", "Neue Leiterin für das Altersheim",
           "Tunnel bleibt nachts gesperrt"),
    "fr": ("Le crédit du dépôt est accepté", "Le stand de tir sera vendu", "Une directrice pour le home"),
    "it": ("Approvato il credito per il magazzino", "Venduto lo stand di tiro", "Galleria chiusa di notte"),
    "en": ("Depot loan approved", "Rifle range to be sold", "Tunnel to close at night"),
}  # fmt: skip
INTERFACE: Lines = {
    "de": ("abspielen", "Artikel drucken", "Seite empfehlen", "Ihr Browser ist veraltet", "Kommentar schreiben"),
    "fr": ("Imprimer cet article", "Partager sur Facebook", "Ajouter un commentaire"),
    "it": ("Stampa articolo", "Condividi su Facebook", "Lascia un commento"),
    "en": ("Share on facebook", "Get Adobe Flash player", "Print this page", "Add a comment"),
}
JUMPS: Lines = {
    "de": ("Bericht Seite {}", "Seite {}", "Fortsetzung auf Seite {}", "SEITE {}"),
    "fr": ("Suite page {}", "Lire en page {}"),
    "it": ("Continua a pagina {}", "Servizio a pagina {}"),
    "en": ("Continued on page {}", "See page {}"),
}
NOTICES: Lines = {
    "de": ("Dieser Artikel wurde automatisch aus unserem alten Redaktionssystem auf unsere neue Website importiert. "
           "Falls Sie auf Darstellungsfehler stossen, bitten wir um Verständnis und einen Hinweis: "
           "archiv@wyssbacher.example",),
    "fr": ("Cet article a été importé automatiquement de notre ancien système de gestion de contenu vers notre nouveau "
           "site web. Il est possible qu’il comporte quelques erreurs de mise en page. Veuillez nous signaler toute "
           "erreur à archives@wyssbacher.example.",),
    "it": ("Questo articolo è stato importato automaticamente dal nostro vecchio sistema redazionale nel nuovo sito "
           "web. In caso di errori di visualizzazione scriveteci: archivio@wyssbacher.example",),
    "en": ("This article was automatically imported from our old content management system. If you come across any "
           "display errors, please let us know: archive@wyssbacher.example",),
}  # fmt: skip
OVER: Lines = {
    "de": ("Die Umfrage läuft noch bis Sonntag. Machen Sie mit!", "Jetzt abonnieren und vier Wochen gratis lesen."),
    "fr": ("Le sondage est ouvert jusqu’à dimanche. Participez!",
           "Abonnez-vous et lisez quatre semaines gratuitement."),
    "it": ("Il sondaggio è aperto fino a domenica. Partecipate!", "Abbonatevi e leggete quattro settimane gratis."),
    "en": ("The poll is open until Sunday. Vote now!", "Subscribe now and read four weeks for free."),
}  # fmt: skip
