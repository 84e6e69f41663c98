"""What clients and people say of an error in other languages of Europe, beside such a client.

The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.saying import spoken

SENTENCES = (
    spoken(
        "credit_balance_exhausted",
        (
            "Spanish and Portuguese",
            r"(?:saldo|créditos?|fondos)[^\n]{0,30} (?:insuficientes?"
            "|suficientes|agotad[oa]s?|esgotad[oa]s?|acabaram|agotaron)|(?:sin"
            r"|sem) (?:saldo|créditos?|fondos)\b",
            "openai: saldo insuficiente",
        ),
        (
            "French",
            r"(?:solde|crédits?)[^\n]{0,30} (?:insuffisants?"
            r"|épuisés?)|plus de crédits?\b",
            "crédits openai insuffisants",
        ),
        (
            "German",
            r"(?:guthaben|kontostand)[^\n]{0,30} (?:aufgebraucht"
            "|erschöpft|reicht nicht|leer)|(?:kein|nicht genug"
            "|zu wenig) guthaben",
            "openai-guthaben ist aufgebraucht",
        ),
        (
            "Italian",
            r"(?:credito|crediti|saldo)[^\n]{0,30} (?:insufficient[ei]"
            "|esaurit[oi])",
            "credito openai insufficiente",
        ),
    ),
    spoken(
        "insufficient_quota",
        (
            "Spanish and Portuguese",
            "(?:superado|superaste|superó|excedido|excediste|excedió|agotado|agotaste|agotó|excedeu|esgotou"
            "|ultrapassou) (?:tu"
            "|sua?|la|el|seu|a|o) (?:límite de |limite de )?(?:cuota"
            r"|cota)|(?:cuota|cota)[^\n]{0,30} (?:insuficiente"
            "|agotada|excedida|superada|esgotada)",
            "has superado tu cuota actual",
        ),
        (
            "French",
            r"dépassé (?:votre|le|son|ton) quota|quota[^\n]{0,30} (?:dépassé"
            "|épuisé|insuffisant)",
            "vous avez dépassé votre quota actuel",
        ),
        (
            "German",
            r"(?:kontingent|quote|quota)[^\n]{0,30} (?:überschritten"
            "|erschöpft|aufgebraucht)",
            "openai-kontingent ist überschritten",
        ),
        (
            "Italian",
            "(?:superato|esaurito) (?:la |il )?(?:tua |tuo )?quota"
            r"|quota[^\n]{0,30} (?:superata|esaurita|insufficiente)",
            "quota openai superata",
        ),
    ),
    spoken(
        "missing_api_key",
        (
            "Spanish and Portuguese",
            "falta (?:la |a |tu |sua )?(?:clave|llave|chave)"
            "|no (?:se |has? )?(?:ha )?(?:configur|proporcion|encontr|especific"
            r"|establec)[^\n ]{1,6} [^\n]{0,20}(?:clave|llave"
            "|api key)",
            "falta la clave de api de openai",
        ),
        (
            "Spanish and Portuguese",
            r"(?:clave|chave) (?:da |de )?api[^\n]{0,30} (?:não (?:foi )?(?:configurada"
            "|definida|encontrada|informada|fornecida)|ausente"
            "|obrigatória|no (?:configurada|encontrada|definida"
            "|proporcionada))",
            "chave de api da openai não configurada",
        ),
        (
            "French",
            r"clé (?:d.)?api[^\n]{0,30} (?:manquante|requise"
            "|absente|introuvable|non (?:définie|configurée"
            "|fournie|renseignée)|n.est pas (?:définie|configurée"
            "|renseignée))|aucune clé (?:d.)?api",
            "clé api openai manquante",
        ),
        (
            "German",
            r"(?:kein|fehlender) [^\n]{0,30}(?:api-?(?:key|schlüssel))"
            r"|api-?(?:key|schlüssel)[^\n]{0,30} (?:fehlt|nicht (?:gesetzt"
            "|gefunden|konfiguriert|angegeben))",
            "kein openai api-schlüssel gefunden",
        ),
        (
            "Italian",
            r"chiave api[^\n]{0,30} (?:mancante|non (?:impostata"
            "|trovata|configurata))",
            "chiave api openai mancante",
        ),
    ),
    spoken(
        "invalid_api_key",
        (
            "Spanish and Portuguese",
            r"(?:clave|llave|chave|api key)[^\n]{0,30} (?:incorrecta"
            "|inválida|errónea|incorreta|no (?:es )?válida|não (?:é )?válida)",
            "la clave api de openai no es válida",
        ),
        (
            "French",
            r"clé (?:d.)?api[^\n]{0,30} (?:incorrecte|invalide"
            "|erronée|non valide|n.est pas valide)",
            "clé api openai invalide",
        ),
        (
            "German",
            r"(?:ungültiger|falscher) [^\n]{0,30}api-?(?:key"
            r"|schlüssel)|api-?(?:key|schlüssel)[^\n]{0,30} (?:ungültig"
            "|falsch|nicht gültig)",
            "ungültiger openai api-schlüssel",
        ),
        (
            "Italian",
            r"chiave api[^\n]{0,30} (?:non valida|errata)",
            "chiave api openai non valida",
        ),
    ),
    spoken(
        "model_not_found",
        (
            "Spanish and Portuguese",
            r"modelo[^\n]{0,40} (?:no (?:existe|encontrado|disponible"
            "|se encontró)|não (?:existe|encontrado|foi encontrado"
            "|está disponível))",
            "modelo no encontrado: gpt-9",
        ),
        (
            "French",
            r"modèle[^\n]{0,40} (?:introuvable|n.existe pas|inconnu"
            "|non trouvé|n.est pas disponible)",
            "modèle introuvable",
        ),
        (
            "German",
            r"modell[^\n]{0,40} (?:nicht gefunden|existiert nicht"
            "|nicht verfügbar)",
            "modell gpt-9 nicht gefunden",
        ),
        (
            "Italian",
            r"modello[^\n]{0,40} (?:non trovato|non esiste|non disponibile)",
            "modello gpt-9 non trovato",
        ),
    ),
    spoken(
        "rate_limit_unspecified",
        (
            "Spanish and Portuguese",
            "demasiadas (?:solicitudes|peticiones)|muitas (?:solicitações"
            "|requisições)|(?:límite|limite) de (?:velocidad"
            "|solicitudes|peticiones|uso|tasa|requisições|solicitações"
            r"|taxa)[^\n]{0,30}(?:excedid|alcanzad|superad|atingid)|se alcanzó el límite de"
            "|(?:alcanz|exced|super|ating|ultrapass)(?:ado|ido|ó|ió|aste|iste|iu|eu|ou) (?:el"
            "|tu|su|o|seu) (?:límite|limite) de",
            "openai: demasiadas solicitudes, inténtalo de nuevo",
        ),
        (
            "French",
            r"trop de requêtes|limite de (?:débit|requêtes|taux)[^\n]{0,20} (?:atteinte"
            "|dépassée)",
            "openai : trop de requêtes",
        ),
        (
            "German",
            "zu viele (?:anfragen|anforderungen)|(?:ratenlimit"
            r"|rate-?limit|anfragelimit)[^\n]{0,20} (?:überschritten"
            "|erreicht)",
            "zu viele anfragen an openai",
        ),
        (
            "Italian",
            r"troppe richieste|limite di (?:richieste|frequenza)[^\n]{0,20} (?:superato"
            "|raggiunto)",
            "openai: troppe richieste",
        ),
    ),
    spoken(
        "connection_error",
        (
            "German",
            r"netzwerkfehler|verbindung (?:zu|mit) [^\n]{0,40}(?:fehlgeschlagen"
            "|nicht möglich|konnte nicht)|(?:keine|konnte keine) verbindung (?:zu"
            "|mit)",
            "verbindung zu openai fehlgeschlagen",
        ),
        (
            "French",
            "impossible de (?:se connecter|contacter|joindre)"
            "|échec de (?:la )?connexion|erreur (?:de )?(?:réseau"
            "|connexion)",
            "impossible de se connecter à l'api openai",
        ),
        (
            "Spanish and Portuguese",
            "no se (?:pudo|puede|ha podido) (?:conectar|establecer)"
            "|não foi possível (?:conectar|estabelecer)|(?:error"
            "|erro|falha) (?:de|na|no|en la) (?:conexión|conexão"
            "|red|rede)",
            "no se pudo conectar con openai",
        ),
        (
            "Italian",
            "impossibile connettersi|errore di (?:rete|connessione)",
            "impossibile connettersi a openai",
        ),
    ),
)
# what asks a person to do something
REQUESTS = (
    spoken(
        "missing_api_key",
        (
            "Spanish and Portuguese",
            "(?:introduc[ei]|ingres[ae]|configur[ae]|añad[ea]"
            "|agreg[ue]|insira|informe|digite|adicione) (?:tu"
            "|su|una|la|sua|uma|a) (?:clave|llave|chave|api key)",
            "introduce tu clave de api de openai",
        ),
        (
            "French",
            r"(?:veuillez|merci de) [^\n]{0,20}clé (?:d.)?api",
            "veuillez saisir votre clé api openai",
        ),
    ),
)
