"""What Linux, Apple's systems and .NET say of it in a few words, which other programs say as well.

The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.rule import Rule
from codegpt_doctor.classify.saying import said, spoken

SHORT = (
    said(
        "tls_untrusted_certificate",
        Rule(
            r"\bcertificate signed by unknown authority\b|\bcertificate verification failed\b",
            "Go, and mbed TLS of small devices and games, of whatever was asked",
            "codegpt: x509: certificate signed by unknown authority (api.openai.com)",
        ),
    ),
    spoken(
        "connection_refused",
        (
            "German",
            "verbindungsaufbau abgelehnt|verbindung (?:wurde )?(?:abgelehnt|verweigert)",
            "verbindungsaufbau abgelehnt",
        ),
        ("French", "connexion refusée"),
        ("Spanish", "conexión (?:rehusada|rechazada|denegada)", "conexión rehusada"),
        ("Portuguese", "conexão recusada"),
        ("Italian", "connessione rifiutata"),
        ("Russian", "[вВ] соединении отказано|отказано в соединении", "В соединении отказано"),
        ("Polish", "połączenie odrzucone|odmowa połączenia", "połączenie odrzucone"),
        ("Turkish", "bağlantı reddedildi"),
        (
            "Chinese",
            "拒绝(?:了)?连接|连接被(?:对方|服务器|目标)?拒绝|連線被?拒絕|拒絕連線",
            "连接被拒绝",
        ),
        ("Japanese", "接続(?:を|が)拒否(?:され)?", "接続を拒否されました"),
        ("Korean", "연결이? ?거부(?:됨|되었습니다|했습니다)", "연결이 거부됨"),
    ),
    spoken(
        "request_timeout",
        (
            "German",
            "zeitüberschreitung|wartezeit für die verbindung ist abgelaufen"
            r"|zeitlimit[^\n]{0,30}(?:erreicht|überschritten)",
            "zeitüberschreitung bei der anforderung",
        ),
        (
            "French",
            r"(?:requête|demande|délai|connexion|opération)[^\n]{0,40}expiré"
            "|expiration du délai|délai (?:d.attente )?dépassé",
            "la requête a expiré",
        ),
        (
            "Spanish",
            r"(?:agotado|agotó|expiró|excedido|superado)[^\n]{0,12} (?:el )?tiempo"
            "|tiempo de (?:espera|conexión) (?:agotado|excedido|superado|expirado)",
            "se ha agotado el tiempo de espera",
        ),
        (
            "Portuguese",
            r"tempo (?:limite )?(?:de [^\n]{0,24})?(?:esgotado|excedido|expirado)"
            r"|tempo limite[^\n]{0,40}(?:esgot|exced|expir)",
            "tempo esgotado para conexão",
        ),
        (
            "Italian",
            "(?:richiesta|connessione) scaduta|timeout (?:della|di) (?:richiesta|connessione)"
            r"|tempo limite[^\n]{0,30} (?:scaduto|superato)"
            "|tempo (?:di attesa )?(?:scaduto|esaurito)|timeout scaduto",
            "connessione scaduta",
        ),
        (
            "Russian",
            r"(?:[вВ]ремя ожидания|[тТ]айм-?аут)[^\n]{0,40}(?:истек|превы)"
            r"|[пП]ревышен[^\n]{0,8} (?:лимит времени|время ожидания|интервал ожидания)",
            "Время ожидания соединения истекло",
        ),
        (
            "Polish",
            "[uU]płynął limit czasu|przekroczono (?:limit )?czas",
            "upłynął limit czasu połączenia",
        ),
        ("Turkish", "zaman aşımı"),
        (
            "Chinese",
            "(?:请求|连接|响应|操作|访问|接口|读取)(?:已)?超时|(?:請求|連線|要求|作業)(?:已)?逾時",
            "请求超时",
        ),
        (
            "Japanese",
            "タイムアウト(?:しました|に(?:なり|達し)|が発生)",
            "接続がタイムアウトしました",
        ),
        ("Korean", "시간(?:이)? ?초과", "연결 시간 초과"),
    ),
    spoken(
        "dns_failure",
        (
            "the words of Go",
            r"dial tcp: lookup [^\n ]{1,200}(?: on [^\n ]{1,60})?: no such host",
            "dial tcp: lookup host.docker.internal on 127.0.0.11:53: no such host",
        ),
        (
            "German",
            "host ist (?:nicht bekannt|unbekannt)|kein solcher host (?:ist )?bekannt"
            "|name oder (?:der )?dienst ist nicht bekannt|unbekannter host",
            "der angegebene host ist unbekannt",
        ),
        ("French", "hôte inconnu|nom ou service inconnu", "nom ou service inconnu"),
        ("Spanish", "host desconocido|nombre o servicio desconocido", "host desconocido"),
        (
            "Portuguese",
            "host não é conhecido|host desconhecido|nome ou serviço desconhecido",
            "este host não é conhecido",
        ),
        ("Italian", "host sconosciuto|nome o servizio sconosciuto", "host sconosciuto"),
        (
            "Russian",
            "хост неизвестен|неизвестный хост|[иИ]мя или служба не известны",
            "Этот хост неизвестен",
        ),
        ("Polish", "nieznany host|nieznana nazwa lub usługa", "nieznany host"),
        (
            "Turkish",
            "böyle bir ana (?:bilgisayar|makine) yok|ad ya da hizmet bilinmiyor",
            "bilinen böyle bir ana bilgisayar yok",
        ),
        (
            "Chinese",
            "不知道这样的主机|無法識別這台主機|未知的名[称稱]|域名解析(?:失败|错误)|无法解析(?:域名|主机|服务器)|找不到主机",
            "不知道这样的主机",
        ),
        ("Japanese", "ホストは不明|名前またはサービスが不明", "そのようなホストは不明です"),
        ("Korean", "알려진 호스트가 없|이름 혹은 서비스를 알 수 없", "알려진 호스트가 없습니다"),
    ),
    spoken(
        "connection_reset",
        (
            "German",
            "vom kommunikationspartner zurückgesetzt"
            "|zugrunde ?liegende verbindung wurde geschlossen"
            "|verbindung (?:wurde )?(?:unerwartet )?(?:zurückgesetzt|getrennt|unterbrochen)",
            "die verbindung wurde vom kommunikationspartner zurückgesetzt",
        ),
        (
            "French",
            "connexion (?:sous-jacente a été fermée|ré-?initialisée)"
            "|connexion (?:réseau )?a été (?:perdue|réinitialisée)",
            "connexion ré-initialisée par le correspondant",
        ),
        (
            "Spanish",
            "se ha terminado la conexión|conexión (?:re-?inicializada|restablecida)"
            "|se perdió la conexión",
            "conexión reinicializada por la máquina remota",
        ),
        (
            "Portuguese",
            "conexão (?:fechada pela outra ponta|subjacente (?:estava|foi) fechada|redefinida)"
            "|conexão (?:de rede )?foi perdida",
            "conexão fechada pela outra ponta",
        ),
        (
            "Italian",
            "connessione (?:interrotta dal corrispondente|sottostante chiusa|ripristinata dal)",
            "connessione interrotta dal corrispondente",
        ),
        (
            "Russian",
            "[сС]оединение (?:разорвано|сброшено)|[бБ]азовое соединение закрыто",
            "Соединение разорвано другой стороной",
        ),
        (
            "Polish",
            "połączenie (?:zerwane|zresetowane|podstawowe zostało zakończone)",
            "połączenie zerwane przez drugą stronę",
        ),
        (
            "Turkish",
            "bağlantı karşı taraftan sıfırlandı|temel(?:deki)? bağlantı kapatıldı",
            "bağlantı karşı taraftan sıfırlandı",
        ),
        (
            "Chinese",
            "连接(?:被对方|已被|被)重(?:置|设)|基础连接已经关闭|連線已由對方重設|連接被(?:對方)?重(?:設|置)|基礎連接已關閉",
            "连接被对方重置",
        ),
        (
            "Japanese",
            "相手からリセットされました|基になる接続が閉じられました|接続がリセットされました",
            "接続が相手からリセットされました",
        ),
        (
            "Korean",
            "상대편에 의해 끊어짐|기본 연결이 닫혔습니다|연결이 재설정",
            "연결이 상대편에 의해 끊어짐",
        ),
    ),
    spoken(
        "network_unreachable",
        (
            "German",
            "nicht verfügbares netzwerk|netzwerk ist nicht erreichbar"
            "|keine (?:verbindung zum internet|internetverbindung)",
            "das netzwerk ist nicht erreichbar",
        ),
        (
            "French",
            "réseau (?:n.est pas accessible|est inaccessible)"
            "|connexion internet semble|pas de connexion internet",
            "la connexion internet semble interrompue",
        ),
        (
            "Spanish",
            "red (?:es|está) inaccesible|conexión a internet está desactivada"
            "|(?:sin|no hay) conexión a internet",
            "la red es inaccesible",
        ),
        (
            "Portuguese",
            "rede está fora de alcance|rede (?:é )?inacessível"
            "|conexão à internet parece|sem conexão com a internet",
            "a rede está fora de alcance",
        ),
        (
            "Italian",
            "rete non è raggiungibile|connessione (?:a )?internet (?:sembra|non)"
            "|nessuna connessione internet",
            "la rete non è raggiungibile",
        ),
        (
            "Russian",
            "[сС]еть недоступна|соединение с интернетом прервано|нет подключения к интернету",
            "Сеть недоступна",
        ),
        ("Polish", "sieć jest niedostępna|brak połączenia z internetem", "sieć jest niedostępna"),
        (
            "Turkish",
            "ağ erişilebilir değil|internet bağlantısı (?:yok|kesik)",
            "ağ erişilebilir değil",
        ),
        (
            "Chinese",
            "网络不可(?:达|用)|網路不可(?:達|用)|断开与互联网的连接|無法連接網際網路|向一个无法连接的网络",
            "网络不可达",
        ),
        (
            "Japanese",
            "ネットワークに到達できません|インターネット接続がオフライン",
            "ネットワークに到達できません",
        ),
        (
            "Korean",
            "네트워크(?:가|에) 접근(?:이)? 불가능|인터넷 연결이 오프라인",
            "네트워크가 접근 불가능합니다",
        ),
    ),
)

# where no words are known: what failed is a connection
CLASSES = (
    said(
        "connection_error",
        Rule(
            r"\b(?:httprequestexception|socketexception|webexception|connectexception"
            r"|clientconnectorerror|connectionexception|transporterror|networkerror)\b",
            "the class of a failed connection, whatever its words",
            "system.net.http.httprequestexception: ismeretlen hiba",
        ),
    ),
)
