"""What clients and people say of an error in other languages than English, beside such a client.

The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.saying import spoken

SENTENCES = (
    spoken(
        "credit_balance_exhausted",
        (
            "Spanish and Portuguese",
            r"(?:saldo|créditos?|fondos)[^\n]{0,30} (?:insuficientes?"
            "|suficientes|agotad[oa]s?|esgotad[oa]s?)|(?:sin"
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
            "Chinese",
            r"(?:余额|餘額|点数|积分)[^\n]{0,8}(?:不足|用完|用尽|耗尽|为负)|(?:账户"
            r"|账号|帳戶)[^\n]{0,4}欠费|请(?:先|及时)?充值",
            "openai 账户余额不足",
        ),
    ),
    spoken(
        "insufficient_quota",
        (
            "Spanish and Portuguese",
            "(?:superado|excedido|agotado|excedeu|esgotou|ultrapassou) (?:tu"
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
            "Chinese",
            r"(?:额度|配额|額度|配額|限额)[^\n]{0,8}(?:不足|用完|用尽|耗尽|超出|超限"
            r"|已满|用盡)|超(?:出|过|過)[^\n]{0,8}(?:配额|额度|配額|額度)",
            "您已超出当前配额",
        ),
    ),
    spoken(
        "missing_api_key",
        (
            "Spanish and Portuguese",
            "falta (?:la |a |tu |sua )?(?:clave|llave|chave)"
            "|no se (?:ha )?(?:configur|proporcion|encontr|especific"
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
            "Chinese",
            r"(?:未|没有|沒有|尚未)(?:设置|配置|填写|提供|找到|输入|设定|設定|填寫)[^\n]{0,20}(?:api"
            r"|密钥|金鑰)|缺少[^\n]{0,20}(?:api|密钥|金鑰)|(?:api[ _]?key"
            r"|密钥)[^\n]{0,6}(?:未设置|未配置|为空|不能为空|未填写)",
            "未设置 openai_api_key",
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
            "Chinese",
            r"(?:api|密钥|秘钥|key|金鑰)[^\n]{0,10}(?:无效|不正确|错误|有误"
            "|不合法|無效|不正確|錯誤)|(?:无效|無效|错误)的 ?(?:api|密钥|令牌|金鑰)",
            "openai：api 密钥无效",
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
            "Chinese",
            r"(?:模型|model)[^\n]{0,40}(?:不存在|未找到|找不到|不可用)|(?:找不到"
            "|未找到|没有找到) ?模型",
            "模型不存在：gpt-9",
        ),
    ),
    spoken(
        "rate_limit_unspecified",
        (
            "Spanish and Portuguese",
            "demasiadas (?:solicitudes|peticiones)|muitas (?:solicitações"
            "|requisições)|(?:límite|limite) de (?:velocidad"
            "|solicitudes|peticiones|uso|tasa|requisições|solicitações"
            r"|taxa)[^\n]{0,30}(?:excedid|alcanzad|superad|atingid)"
            "|(?:alcanzado|excedido|superado|atingiu|excedeu) (?:el"
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
            "Chinese",
            r"(?:请求|請求|访问|调用)[^\n]{0,4}(?:过于频繁|太频繁|次数过多|过多|過於頻繁"
            r"|過多)|(?:触发|达到|超过|超出|已达|達到)[^\n]{0,10}(?:限流|速率|频率"
            "|頻率)",
            "openai 请求过于频繁，请稍后再试",
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
        (
            "Chinese",
            r"请(?:先|在[^\n]{0,12})?(?:输入|填写|设置|配置|提供|添加)[^\n]{0,20}(?:api"
            r"|密钥)|請(?:先)?(?:輸入|填寫|設定)[^\n]{0,20}(?:api|金鑰)",
            "请输入 openai api 密钥",
        ),
    ),
)
