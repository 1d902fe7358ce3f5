"""F6: words of the old website's buttons and prompts stand in the text: `abspielen`, `Share on Facebook`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Crosshead
from backfile.fault import Grade
from backfile.faults.lines import drops_block, few, own_lines
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="interface-text",
    group="F6",
    title="Words of the old website's buttons stand in the text",
    readers_saw="abspielen, Artikel drucken, Share on Facebook, Get Adobe Flash player as lines of the text.",
    why="Buttons, players and prompts were inside the element that was taken for the article's text.",
    before="Get Adobe Flash player\n\nDas Rennen begann um 14 Uhr.",
    after="Das Rennen begann um 14 Uhr.",
    will_get_wrong="A one-word paragraph that says just Drucken and means it. Words that could be an author's are "
    "mended only where the archive repeats the line in many articles.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_SURE = "|".join(
    (
        r"Get (?:the )?Adobe Flash Player",
        r"(?:Sie benötigen|Bitte installieren Sie) (?:den )?(?:Adobe )?Flash[ -]Player\W?",
        r"Share (?:this )?(?:article )?(?:on|via) (?:Facebook|Twitter|Google\+?|LinkedIn|WhatsApp|e-?mail)",
        r"(?:Auf|Bei|Über) (?:Facebook|Twitter|WhatsApp) teilen",
        r"Ihr Browser ist veraltet\W?.{0,80}",
        r"Artikel (?:drucken|versenden|weiterempfehlen|kommentieren|merken|per E-Mail (?:senden|versenden))",
        r"Drucken\s?[|/·]\s?(?:Versenden|Weiterempfehlen|Kommentieren)(?:\s?[|/·]\s?\w+){0,4}",
        r"Schriftgrösse(?: ändern)?\s?[:+A-]{0,4}",
        r"(?:\d+ )?Kommentare? (?:anzeigen|schreiben|verfassen)",
        r"Zum (?:Seitenanfang|Anfang der Seite)",
        r"Skip to (?:main )?content",
        r"Bitte (?:aktivieren Sie|schalten Sie) JavaScript.{0,60}",
        r"(?:Please )?enable JavaScript.{0,60}",
        r"Imprimer (?:cet |l['’])article",
        r"Envoyer (?:cet |l['’])article.{0,20}",
        r"Partager (?:cet article )?sur (?:Facebook|Twitter|WhatsApp)",
        r"Stampa (?:questo |l['’])articolo",
        r"Invia (?:questo |l['’])articolo.{0,20}",
        r"Condividi su (?:Facebook|Twitter|WhatsApp)",
        r"Print this (?:article|page|story)",
        r"E-?mail this (?:article|page|story)(?: to a friend)?",
        r"Bookmark (?:and share|this page)",
        # comments: to write them, to see them
        r"(?:Kommentar|Leserbrief) (?:schreiben|verfassen|abgeben|hinzufügen|melden)",
        r"(?:Alle )?Kommentare (?:lesen|einblenden)",
        r"(?:Add|Post|Leave|Write|View|Show|Hide)(?: an?| your| all| the| \d+)? comments?|Log in to comment",
        r"(?:Ajouter|Écrire|Laisser|Poster|Voir|Afficher|Lire) (?:un|votre|les|tous les|\d+) commentaires?",
        r"(?:Aggiungi|Lascia|Scrivi|Mostra|Vedi|Leggi) (?:un|il tuo|i|tutti i|\d+) comment[oi]",
        # letters and subscriptions
        r"Newsletter (?:abonnieren|bestellen)|Jetzt (?:abonnieren|anmelden|registrieren|weiterlesen)",
        r"(?:Sign up (?:for|to)|Subscribe to) (?:our|the) newsletters?|Subscribe now",
        r"(?:S['’]abonner|S['’]inscrire|Abonnez-vous|Inscrivez-vous) à (?:la|notre) newsletter",
        r"Iscriviti alla (?:nostra )?newsletter",
        # to copy, to send on, to follow, to go up
        r"Seite (?:drucken|weiterempfehlen)|(?:Link|Adresse) kopieren|Per E-?Mail (?:senden|teilen|verschicken)",
        r"Copy (?:the )?link|(?:Send|Share) (?:by|via) e-?mail|Back to (?:the )?top",
        r"Copier le lien|(?:Envoyer|Partager) par e-?mail|Retour en haut(?: de (?:la )?page)?",
        r"Copia (?:il )?link|(?:Invia|Condividi) (?:per|via) e-?mail|Torna (?:su|all['’]inizio)",
        r"(?:Folgen Sie uns auf|Follow us on|Suivez-nous sur|Seguici su) "
        r"(?:Facebook|Twitter|Instagram|YouTube|X|WhatsApp)\W?",
    )
)
_IF_RECURRING = "|".join(
    (
        r"abspielen|Video abspielen|Bild vergrössern|Bilder? anzeigen|vergrössern|Zoom|Drucken|Versenden",
        r"Weiterempfehlen|Teilen|Merken|Tweet|Twittern|Gefällt mir|Like|Feedback|Keine Kommentare",
        r"Kommentare?(?: \(\d+\))?|\d+ Kommentare?|Comments?(?: \(\d+\))?|\d+ comments?",
        r"Commentaires?(?: \(\d+\))?|Commenti(?: \(\d+\))?",
        r"Login|Anmelden|Registrieren|Abonnieren|Mehr|Weiter|Zurück|Nach oben|Play|Share|Print",
        r"Imprimer|Envoyer|Partager|Agrandir|Stampa|Invia|Condividi|Ingrandisci",
        r"Anzeige|Werbung|Inserat|Publicité|Pubblicità|Advertisement|ADVERTISEMENT",
    )
)
_SURE_LINE = re.compile(_SURE, re.IGNORECASE)
_OTHER_LINE = re.compile(_IF_RECURRING)
_LONGEST = 120


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    for _, block in own_lines(article):
        text = block.text.text
        if len(text) > _LONGEST:
            continue
        sure = _SURE_LINE.fullmatch(text)
        if sure or _OTHER_LINE.fullmatch(text):
            if isinstance(block, Crosshead) and not sure and not ask.recurring(text):
                continue  # the paragraph's subject
            mend = drops_block(block.id, "interface text", CARD.name)
            grade: Grade = "safe" if sure or ask.recurring(text) else "proposed"
            yield ArticleFault(at=f"{block.id}:text", end=len(text), mend=mend, grade=grade)


_STEMS = (
    r"Get (?:the )?Adobe|Sie benötigen|Bitte installieren|Share |(?:Auf|Bei|Über) (?:Facebook|Twitter|WhatsApp)|"
    r"Artikel (?:drucken|versenden|weiterempfehlen|kommentieren|merken|per)|Drucken\s?[|/·]|Schriftgrösse|Ihr Browser|"
    r"(?:\d+ )?Kommentare? |Zum (?:Seitenanfang|Anfang)|Skip to|Bitte (?:aktivieren|schalten)|(?:Please )?enable|"
    r"Imprimer |Envoyer |Partager |Stampa |Invia |Condividi |Print this|E-?mail this|Bookmark |Kommentar |Leserbrief |"
    r"Alle Kommentare |(?:Add|Post|Leave|Write|View|Show|Hide) .{0,9}comment|Log in to|"
    r"(?:Ajouter|Écrire|Laisser|Poster|Voir|Afficher|Lire) .{2,9}commentaire|"
    r"(?:Aggiungi|Lascia|Scrivi|Mostra|Vedi|Leggi) .{1,8}comment|Newsletter |Jetzt (?:abo|anm|reg|wei)|"
    r"Sign up |Subscribe |S['’]abonner |S['’]inscrire |Abonnez-vous |Inscrivez-vous |Iscriviti |"
    r"Seite (?:dr|wei)|(?:Link|Adresse) kop|Per E-?Mail |"
    r"Copy |Send (?:by|via) |Back to |Copier |Retour en haut|Copia |Torna |Folgen Sie |Follow us |"
    r"Suivez-nous |Seguici "
)
RULE = ArticleRule(card=CARD, find=few(find), trigger=rf"^(?:{_IF_RECURRING})$|^(?:{_STEMS})", ignore_case=True)
