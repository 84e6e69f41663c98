"""What Windows and .NET say of a failed connection in other languages than English.

Whole sentences, which nothing else prints: a row has the part that is the same in all versions.
The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.saying import spoken

WINDOWS = (
    spoken(
        "connection_refused",
        ("German", "zielcomputer die verbindung verweigerte"),
        (
            "French",
            "l.ordinateur cible l.a expressément refusée",
            "car l’ordinateur cible l’a expressément refusée",
        ),
        ("Spanish", "equipo de destino denegó expresamente"),
        ("Portuguese", "máquina de destino as recusou ativamente"),
        ("Italian", "rifiuto persistente del computer di destinazione"),
        ("Russian", "конечный компьютер отверг запрос"),
        ("Polish", "komputer docelowy aktywnie go odmawia"),
        ("Turkish", "hedef makine etkin olarak reddetti"),
        ("Chinese", "目标计算机积极拒绝|目標電腦拒絕連線", "由于目标计算机积极拒绝，无法连接。"),
        ("Japanese", "対象のコンピューターによって拒否された"),
        ("Korean", "대상 컴퓨터에서 연결을 거부했으므로"),
    ),
    spoken(
        "request_timeout",
        ("German", "gegenstelle nach einer bestimmten zeitspanne nicht"),
        (
            "French",
            "n.a pas répondu convenablement au-delà",
            "n’a pas répondu convenablement au-delà d’une certaine durée",
        ),
        ("Spanish", "parte conectada no respondió adecuadamente"),
        ("Portuguese", "componente conectado não respondeu"),
        ("Italian", "risposta non corretta della parte connessa"),
        ("Russian", "за требуемое время не получен нужный отклик"),
        ("Polish", "połączona strona nie odpowiedziała poprawnie"),
        ("Turkish", "belli bir süre içinde yanıt vermediğinden"),
        (
            "Chinese",
            "连接方在一段时间后没有正确答复|連線對象有一段時間並未正確回應",
            "由于连接方在一段时间后没有正确答复",
        ),
        ("Japanese", "一定の時間を過ぎても正しく応答しなかった"),
        ("Korean", "연결된 구성원으로부터 응답이 없어"),
    ),
    spoken(
        "dns_failure",
        ("German", "der remotename konnte nicht aufgelöst werden"),
        (
            "French",
            "le nom distant n.a pas pu être résolu",
            "le nom distant n'a pas pu être résolu",
        ),
        ("Spanish", "no se puede resolver el nombre remoto"),
        ("Portuguese", "não foi possível resolver o nome remoto"),
        ("Italian", "impossibile risolvere il nome remoto"),
        (
            "Russian",
            "[нН]евозможно разрешить удал[её]нное имя",
            "Невозможно разрешить удаленное имя",
        ),
        ("Polish", "nie można rozpoznać nazwy zdalnej"),
        ("Turkish", "uzak ad çözülemedi"),
        ("Chinese", "解析此远程名称|無法解析遠端名稱", "无法解析此远程名称"),
        ("Japanese", "リモート名を解決できませんでした"),
        ("Korean", "원격 이름을 확인할 수 없습니다"),
    ),
    spoken(
        "connection_reset",
        ("German", "vorhandene verbindung wurde vom remotehost geschlossen"),
        ("French", "connexion existante a dû être fermée"),
        ("Spanish", "interrupción de una conexión existente"),
        ("Portuguese", "cancelamento de uma conexão existente"),
        (
            "Italian",
            "interrotta forzatamente dall.host remoto",
            "interrotta forzatamente dall'host remoto",
        ),
        ("Russian", "принудительно разорвал существующее подключение"),
        ("Polish", "gwałtownie zamknięte przez zdalnego hosta"),
        ("Turkish", "uzaktaki bir ana bilgisayar tarafından zorla kapatıldı"),
        (
            "Chinese",
            "强迫关闭了一个现有的连接|已強制關閉一個現存的連線",
            "远程主机强迫关闭了一个现有的连接",
        ),
        ("Japanese", "リモート ホストに強制的に切断されました"),
        ("Korean", "원격 호스트에 의해 강제로 끊겼습니다"),
    ),
    spoken(
        "tls_untrusted_certificate",
        ("German", "von einer nicht vertrauenswürdigen zertifizierungsstelle"),
        (
            "German",
            "remotezertifikat ist (?:laut|gemäß) (?:dem )?validierungsverfahren ungültig",
            "das remotezertifikat ist laut validierungsverfahren ungültig",
        ),
        ("German", "ssl/tls-kanal konnte keine vertrauensstellung"),
        (
            "French",
            "fournie par une autorité qui n.est pas approuvée",
            "a été fournie par une autorité qui n'est pas approuvée",
        ),
        (
            "French",
            "certificat distant n.est pas valide selon",
            "le certificat distant n'est pas valide selon la procédure",
        ),
        ("French", "relation de confiance pour le canal sécurisé"),
        ("Spanish", "emitida por una entidad en la que no se confía"),
        ("Spanish", "certificado remoto no es válido según"),
        ("Spanish", "relación de confianza para el canal seguro"),
        ("Portuguese", "emitida por uma autoridade que não é de confiança"),
        ("Portuguese", "certificado remoto é inválido de acordo"),
        ("Portuguese", "relação de confiança para o canal seguro"),
        (
            "Italian",
            "autorità non disponibile nell.elenco di attendibilità",
            "autorità non disponibile nell'elenco di attendibilità",
        ),
        (
            "Italian",
            "certificato remoto non è (?:stato ritenuto )?valido",
            "il certificato remoto non è stato ritenuto valido",
        ),
        ("Russian", "центром сертификации, не имеющим доверия"),
        (
            "Russian",
            "[уУ]даленный сертификат недействителен",
            "удаленный сертификат недействителен согласно",
        ),
        ("Russian", "доверительные отношения для защищенного канала"),
        (
            "Polish",
            "(?:ł|Ł)ańcuch certyfikatów został wystawiony przez",
            "łańcuch certyfikatów został wystawiony przez urząd",
        ),
        ("Polish", "certyfikat zdalny jest nieprawidłowy"),
        ("Turkish", "sertifika zinciri güvenilmeyen bir"),
        (
            "Turkish",
            r"uzak sertifika[^\n]{0,60}geçersiz",
            "uzak sertifika doğrulama yordamına göre geçersiz",
        ),
        (
            "Chinese",
            "不受信任的颁发机构|不受信任的授權|远程证书(?:无效|是无效的)|遠端憑證(?:無效|是無效的)",
            "证书链是由不受信任的颁发机构颁发的",
        ),
        (
            "Chinese",
            "ssl/tls 安全通道建立信任关系|ssl/tls 安全通道的信任關係",
            "未能为 ssl/tls 安全通道建立信任关系",
        ),
        (
            "Japanese",
            "信頼されていない機関によって発行|リモート証明書(?:が|は)無効",
            "検証プロシージャによると、リモート証明書が無効です",
        ),
        ("Japanese", "ssl/tls のセキュリティで保護されているチャネルに対する信頼関係"),
        (
            "Korean",
            "신뢰되지 않은 기관에서 인증서|원격 인증서가 (?:잘못|유효하지)",
            "유효성 검사 프로시저에 따르면 원격 인증서가 잘못되었습니다",
        ),
    ),
    spoken(
        "tls_protocol_error",
        (
            "German",
            "geschützte(?:r|n)? ssl/tls-kanal konnte nicht",
            "es konnte kein geschützter ssl/tls-kanal konnte nicht erstellt werden",
        ),
        ("French", "impossible de créer un canal sécurisé ssl"),
        ("Spanish", "no se puede crear un canal seguro ssl"),
        (
            "Portuguese",
            "não foi possível criar um canal seguro (?:para )?ssl",
            "não foi possível criar um canal seguro para ssl/tls",
        ),
        ("Italian", "impossibile creare un canale sicuro ssl"),
        ("Russian", "не удалось создать защищенный канал ssl"),
        (
            "Chinese",
            "未能创建 ssl/tls 安全通道|無法建立 ssl/tls 的安全通道",
            "请求被中止: 未能创建 ssl/tls 安全通道",
        ),
        (
            "Chinese",
            "ssl ?错误，无法建立与该服务器的安全连接|ssl ?錯誤，無法建立與伺服器的安全連線",
            "发生了ssl错误，无法建立与该服务器的安全连接",
        ),
        ("Japanese", "ssl/tls のセキュリティで保護されているチャネルを作成できません"),
        ("Korean", "ssl/tls 보안 채널을 만들 수 없습니다"),
        (
            "Apple, in European languages",
            "ssl-fehler aufgetreten|une erreur ssl s.est produite"
            "|se ha producido un error (?:de )?ssl|ocorreu um erro (?:de )?ssl"
            "|si è verificato un errore ssl|произошла ошибка ssl",
            "une erreur ssl s’est produite",
        ),
    ),
)
