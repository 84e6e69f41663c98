"""What clients and people say in other languages of models, their limits and where they are open.

An overloaded model, a conversation that is too long, a country without the service, beside a client
of LLMs.  The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.saying import spoken

SENTENCES = (
    spoken(
        "model_deprecated",
        (
            "English",
            r"\bmodel\b[^\n]{0,80}? (?:was|has been|is) (?:now )?(?:deprecated|retired"
            r"|decommissioned|discontinued|shut down)\b",
            "the model 'grok-beta' was deprecated on 2025-09-15",
        ),
    ),
    spoken(
        "engine_overloaded",
        (
            "Spanish and Portuguese",
            r"\b(?:modelo|servidor|servicio|serviço)[^\n]{0,20} (?:sobrecargad[oa]"
            r"|sobrecarregad[oa]"
            "|saturad[oa])",
            "el modelo está sobrecargado",
        ),
        (
            "French",
            r"\b(?:modèle|serveur|service)[^\n]{0,20} (?:surchargé|saturé)",
            "le modèle est surchargé",
        ),
        (
            "German",
            r"\b(?:modell|server|dienst)[^\n]{0,20} (?:überlastet|ausgelastet)",
            "das modell ist überlastet",
        ),
        (
            "Italian",
            r"\b(?:modello|server)[^\n]{0,20} sovraccaric[oa]",
            "il modello è sovraccarico",
        ),
        ("Russian", r"(?:[мМ]одель|[сС]ервер)[^\n]{0,20} перегружен", "Модель перегружена"),
        ("Polish", r"\b(?:model|serwer)[^\n]{0,20} przeciążony", "model jest przeciążony"),
        ("Turkish", r"\b(?:model|sunucu)[^\n]{0,20} aşırı yüklü", "model şu anda aşırı yüklü"),
        (
            "Chinese",
            r"(?:模型|服务器?|伺服器|服務器?|系统)[^\n]{0,6}(?:过载|超载|繁忙|过于繁忙|過載|超載|负载过高|負載過高)",
            "当前服务器繁忙，请稍后再试",
        ),
        ("Japanese", r"(?:モデル|サーバー?)[^\n]{0,8}(?:過負荷|混雑)", "モデルが過負荷です"),
        ("Korean", r"(?:모델|서버)[^\n]{0,8}(?:과부하|혼잡)", "모델이 과부하 상태입니다"),
    ),
    spoken(
        "context_length_exceeded",
        (
            "Spanish and Portuguese",
            r"\b(?:mensaje|mensagem|conversaci[oó]n|conversa|prompt|contexto|texto|entrada)"
            r"[^\n]{0,20} (?:demasiado|demasiada|muito) (?:larg|long)[oa]"
            r"|(?:longitud|comprimento|tamanho|límite|limite) (?:máxim[oa] )?(?:del?|do"
            r"|da) contexto"
            r"[^\n]{0,20} (?:excedid|superad|ultrapassad)"
            r"|(?:super|exced|ultrapass)[^\n ]{1,5} (?:la|el|o) "
            r"(?:longitud|límite|limite|comprimento|tamanho)[^\n]{0,12} (?:del?|do) contexto",
            "se superó la longitud máxima del contexto",
        ),
        (
            "French",
            r"\b(?:message|conversation|prompt|contexte|texte)[^\n]{0,20} trop long"
            r"|longueur[^\n]{0,20} du contexte[^\n]{0,20} dépassée",
            "le message est trop long",
        ),
        (
            "German",
            r"\b(?:nachricht|unterhaltung|eingabe|prompt|kontext|text)[^\n]{0,20} zu (?:lang"
            r"|groß)\b"
            r"|kontextlänge[^\n]{0,20} überschritten",
            "die nachricht ist zu lang",
        ),
        (
            "Italian",
            r"\b(?:messaggio|conversazione|prompt|contesto|testo)[^\n]{0,20} troppo lung[oa]",
            "il messaggio è troppo lungo",
        ),
        (
            "Russian",
            r"(?:[сС]ообщение|[зЗ]апрос|[кК]онтекст|[тТ]екст)[^\n]{0,20} слишком (?:длин|больш)"
            r"|превышена[^\n]{0,20} длина контекста",
            "Сообщение слишком длинное",
        ),
        (
            "Polish",
            r"\b(?:wiadomość|rozmowa|kontekst|tekst)[^\n]{0,20} za dług[iae]",
            "wiadomość jest za długa",
        ),
        ("Turkish", r"\b(?:mesaj|istem|bağlam|metin)[^\n]{0,20} çok uzun", "mesaj çok uzun"),
        (
            "Chinese",
            r"(?:消息|訊息|对话|對話|上下文|输入|輸入|内容|提示词)[^\n]{0,6}(?:过长|太长|過長|太長)"
            r"|超(?:出|过|過)[^\n]{0,8}(?:上下文|最大 ?token|token ?(?:上限|限制|数))",
            "超过最大token限制",
        ),
        (
            "Japanese",
            r"(?:メッセージ|プロンプト|入力|コンテキスト)[^\n]{0,10}(?:長すぎ|超え)",
            "メッセージが長すぎます",
        ),
        (
            "Korean",
            r"(?:메시지|프롬프트|입력|컨텍스트)[^\n]{0,10}(?:너무 (?:길|깁)|초과)",
            "메시지가 너무 깁니다",
        ),
    ),
    spoken(
        "unsupported_country",
        (
            "English",
            r"\b(?:country|region|territory|location)\b[^\n.]{0,30} (?:not|n.t) (?:yet )?(?:be )?"
            r"(?:yet )?(?:supported|available|allowed)\b"
            r"|\b(?:not|n.t) (?:yet )?(?:supported|available|offered)"
            r" in your (?:country|region|location)\b",
            "your country may not be supported yet",
        ),
        (
            "Spanish and Portuguese",
            r"\b(?:país|paises|países|región|região|territorio|território)\b[^\n]{0,40} "
            r"n(?:o|ão) (?:es |está |é |son )?(?:admitid|soportad|suportad|compatible|compatív"
            r"|disponible|disponív)",
            "país, región o territorio no admitido",
        ),
        (
            "French",
            r"\b(?:pays|région|territoire)\b[^\n]{0,40} (?:non|pas) "
            r"(?:pris en charge|prise en charge|supporté|disponible)",
            "pays, région ou territoire non pris en charge",
        ),
        (
            "German",
            r"\b(?:land|region|gebiet)\b[^\n]{0,40} nicht (?:unterstützt|verfügbar)",
            "land, region oder gebiet wird nicht unterstützt",
        ),
        (
            "Italian",
            r"\b(?:paese|regione|territorio)\b[^\n]{0,40} non (?:è )?(?:supportat|disponibil)",
            "paese, regione o territorio non supportato",
        ),
        (
            "Russian",
            r"(?:[сС]тран|[рР]егион|[тТ]ерритори)[^\n]{0,50} не (?:поддерживает|доступ)",
            "Страна, регион или территория не поддерживается",
        ),
        (
            "Polish",
            r"\b(?:kraj|region|terytorium)\b[^\n]{0,40} nie (?:jest )?(?:obsługiwan|wspieran)",
            "kraj, region lub terytorium nie jest obsługiwane",
        ),
        (
            "Turkish",
            r"(?:ülke|bölge)[^\n]{0,40} desteklenmiyor",
            "ülke, bölge veya bölgeniz desteklenmiyor",
        ),
        (
            "Chinese",
            r"(?:国家|國家|地区|地區|区域|領土|领土)[^\n]{0,10}(?:不受?支持|不支援|未支持|无法使用)"
            r"|不支持[^\n]{0,10}(?:国家|地区|區域|區|领土)",
            "不支持您所在的国家、地区或领土",
        ),
        (
            "Japanese",
            r"(?:国|地域)[^\n]{0,10}(?:サポートされていま|対応していま|利用できま)",
            "お住まいの国・地域はサポートされていません",
        ),
        (
            "Korean",
            r"지원되지 않는[^\n]{0,10}(?:국가|지역)|(?:국가|지역)[^\n]{0,10}지원(?:되지|하지) 않",
            "지원되지 않는 국가 또는 지역입니다",
        ),
    ),
)
