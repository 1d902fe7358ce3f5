"""The website in French."""

from __future__ import annotations

from backfile.site.catalogue import Words

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
        "peut encore présenter des erreurs d’affichage. Nous vous prions de nous en excuser et "
        "vous remercions de votre "
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
