"""Common words of the four languages, so that a rule is not helpless in a small archive.

A short list of our own: words that any newspaper uses, most of them with letters that old systems
lose. The archive's own words do the real work. Forms that are also words without their accent are
left out where the difference matters.
"""

from __future__ import annotations

_GERMAN = """
für über können könne könnte könnten müssen müsse müsste müssten dürfen dürfte dürften möchte möchten möglich
möglichkeit würde würden wäre wären hätte hätten während für später früher früh spät natürlich nächste nächsten
nächster nächstes höhe höher höchste höchsten größe grösse grösser grösste grössten größer größte großen großer
große gross grosse grossen grosser grosses groß heißt heisst weiß weiss außer ausser außerdem ausserdem straße
strasse maßnahmen massnahmen dass daß muss muß schön schöne schönen fünf fünfzig zwölf zurück führen führt führte
gefühl gehört gehören gegenüber überall überhaupt übrig übrigens überzeugt übernommen übernehmen fällt fälle fällen
gefällt läuft hält erklärt erklärte erklären ähnlich ältere älter ältesten ärzte ärztin äußerte äusserte öffnen
öffnet öffentlich öffentliche öffentlichen öffentlichkeit österreich österreichische zürich zürcher bündner
graubünden münchen köln düsseldorf nürnberg lübeck würzburg göttingen thüringen fürstentum präsident präsidentin
geschäft geschäfte geschäftsführer gespräch gespräche tätig tätigkeit täter unfälle verkäufer käufer kräfte männer
länder städte bürger bürgerin brücke küche süden mädchen wähler wählerinnen prämien prämie zähne bäume häuser
plätze schüler schülerinnen lösung lösungen böse größten künftig kürzlich kürze stück stücke glück glücklich
unglück gemüse rückkehr rücktritt unterstützung unterstützt unterstützen verfügung bevölkerung beschäftigt
beschäftigte jährlich täglich nämlich ständig zuständig vollständig selbstverständlich schließlich schliesslich
tatsächlich ungefähr gegenwärtig und der die das den dem des ein eine einen einem einer eines nicht mit von auf ist
sich auch als nach bei aus wie noch nur wird werden wurde wurden war waren hat haben sind sein seine seiner seinen
oder aber wenn wir sie ich ihr ihre man mehr zum zur zwei drei vier sechs sieben acht neun zehn jahr jahre jahren
zeit schweiz stadt gemeinde kanton regierung polizei danach dann darauf daraufhin daran darin darum damit dabei dagegen
daher dadurch dazu davon davor dafür doch denn dennoch diese dieser diesen dieses diesem derzeit dort deshalb deswegen
allerdings alle alles allem allen also am an ans anders anfang auch auf auffallend aufgrund ausgerechnet bereits beide
beiden beim bisher bis besonders damals eben einmal einst einige einzig endlich entsprechend erst erste ersten erstmals
etwa etwas fast ferner gegen gemäss gerade gestern gleich gleichzeitig heute hier hingegen hinter ihm ihn ihnen immer im
in insgesamt inzwischen je jede jeder jedes jedoch jetzt kaum kein keine keiner laut leider letzte letztes man manche
meist mittlerweile morgen nachdem nachher neben neu neue nie niemand nun ob obwohl ohne rund schon seit seitdem selbst
so sobald sogar solche somit sondern sonst soll sollte statt trotz trotzdem um und unter viele vielleicht viel vom vor
vorher wann warum was weil weiter weitere weiterhin welche wegen wer weshalb wie wieder wo wobei wohl zudem zuerst
zuletzt zumindest zusammen zuvor zwar zwischen
"""
_FRENCH = """
été être après très même déjà où à là voilà cela près auprès élection élections élève élèves école écoles état
états président présidente société sociétés sécurité liberté égalité fraternité université réalité qualité santé
côté général générale généraux dernière première prière manière matière lumière année années journée soirée idée
idées différent différente différents problème problèmes système systèmes pièce scène théâtre musée cinéma
télévision médecin médecins célèbre siècle père mère frère élu élus élue créé créée décidé annoncé déclaré expliqué
présenté genève neuchâtel zurich fribourg île forêt fête tête prêt intérêt août hôtel hôpital dîner diplôme rôle
plutôt bientôt aussitôt français française françaises étranger étrangers européen européenne européens préfet
préfecture région république député députés dès grâce âge reçu leçon garçon façon ça aujourd'hui quelqu'un
presqu'île l'année l'école qu'il qu'elle qu'ils qu'on d'une d'un n'est n'a s'est c'est j'ai l'on d'autres l'état
l'homme d'accord d'abord jusqu'à le la les des une est dans pour que qui sur par avec pas plus ce cette ces son sa
ses leur nous vous ils elle mais comme puis ensuite enfin alors ainsi aussi car donc depuis pendant selon avant
après malgré lors lorsque quand cependant pourtant toutefois néanmoins certains certaines chaque chez contre entre hier
demain ici il je on ni non or où par parmi peu plusieurs pourquoi quelques quel quelle sans si sous tandis tous tout
toute toutes trois deux un vers voici au aux avec celui celle ceux cet
"""
_ITALIAN = """
è più perché già così può città università società libertà qualità realtà attività comunità possibilità metà età
verità però cioè né sé là lì giù ciò sarà avrà farà potrà dovrà lunedì martedì mercoledì giovedì venerdì caffè
tribù virtù finché poiché affinché nonché benché l'anno dell'anno all'estero dell'acqua nell'ambito un'altra
quest'anno dall'inizio l'italia d'italia c'è l'ha dell'arte sull'isola quell'uomo il lo gli della delle degli nella
sono stato stata anche poi quindi infine allora ancora adesso oggi ieri domani dopo durante secondo mentre quando
dove come con contro da dal dalla dei di due ecco ed essi fra tra gli ha hanno ho i il in intanto invece io la le lei
loro lui ma mai mentre molti molte nei nel nessuno noi ogni oltre per però però poiché prima proprio qualche quanto
quasi quella quelle quelli quello questa queste questi questo qui se sembra senza si solo sotto su sul sulla tanto
tutti tutte tutto un una uno
"""
_ENGLISH = """
yes no non oui ja nein sì ok gut nun so da dann bon bene well now then too alors ecco via
café don't doesn't didn't can't won't it's that's there's i'm we're they're you're he's she's isn't wasn't couldn't
wouldn't shouldn't haven't hasn't let's today's year's the and of to in that for with was were have has had this
from they after again all also although among an another any as at because before both but by during each even every
few first finally here he her his how however i if instead into it its just last later many meanwhile more most much my
never new no nor not nothing of often on once one only or other our over people perhaps she since so some soon still
such than their them then there these this those though through today together tomorrow two under until up we what
when where whether which while who why will without yesterday yet you your
"""

COMMON: frozenset[str] = frozenset(" ".join((_GERMAN, _FRENCH, _ITALIAN, _ENGLISH)).split())
"""In lower case, apostrophes straight."""
