"""The few words that a body needs of its own, in the article's language."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "de": {
        "frame": "Eingebetteter Inhalt",
        "video": "Video",
        "audio": "Tondokument",
        "social": "Beitrag in einem sozialen Netzwerk",
        "file": "Datei",
        "object": "Eingebettetes Objekt",
        "missing": "Dieses Bild ist im Archiv nicht vorhanden.",
        "table": "Tabelle",
        "on": "auf",
    },
    "fr": {
        "frame": "Contenu intégré",
        "video": "Vidéo",
        "audio": "Document sonore",
        "social": "Message sur un réseau social",
        "file": "Fichier",
        "object": "Objet intégré",
        "missing": "Cette image manque dans les archives.",
        "table": "Tableau",
        "on": "sur",
    },
    "it": {
        "frame": "Contenuto incorporato",
        "video": "Video",
        "audio": "Documento sonoro",
        "social": "Messaggio su una rete sociale",
        "file": "File",
        "object": "Oggetto incorporato",
        "missing": "Questa immagine manca nell’archivio.",
        "table": "Tabella",
        "on": "su",
    },
    "en": {
        "frame": "Embedded content",
        "video": "Video",
        "audio": "Audio",
        "social": "Post on a social network",
        "file": "File",
        "object": "Embedded object",
        "missing": "This picture is not in the archive.",
        "table": "Table",
        "on": "on",
    },
}


def labels(language: str) -> dict[str, str]:
    """The labels for a BCP 47 tag; German where the language is unknown or has none."""
    return LABELS.get(language[:2].lower(), LABELS["de"])
