"""What clients and people say of an error in Polish and Turkish, beside a client of LLMs.

The text that is read is in lower case where it is of A to Z, with single blanks.
"""

from codegpt_doctor.classify.saying import spoken

SENTENCES = (
    spoken(
        "credit_balance_exhausted",
        (
            "Polish",
            r"\b(?:brak|niewystarczając[^\n ]{1,3}) (?:środk|kredyt)|(?:środki|kredyty)[^\n]{0,20}"
            " (?:wyczerpane|skończyły)",
            "brak środków na koncie",
        ),
        (
            "Turkish",
            r"\byetersiz (?:bakiye|kredi)|(?:bakiye|kredi)[^\n]{0,12} (?:yetersiz|bitti|tükendi)",
            "yetersiz bakiye",
        ),
    ),
    spoken(
        "insufficient_quota",
        (
            "Polish",
            r"\bprzekroczono [^\n]{0,20}(?:quota|kwot|przydział)|\blimit quota",
            "przekroczono limit quota, sprawdź plan",
        ),
        (
            "Turkish",
            r"\bkota(?:nızı|nız|sı)?[^\n]{0,12} (?:aş|dol|bit|tüken)",
            "mevcut kotanızı aştınız",
        ),
    ),
    spoken(
        "missing_api_key",
        (
            "Polish",
            r"\bbrak (?:wymaganego )?klucza (?:do )?api|klucz api[^\n]{0,20} nie (?:jest|został)"
            " (?:ustawiony|podany|skonfigurowany)",
            "brak klucza api",
        ),
        (
            "Turkish",
            r"\bapi anahtarı (?:eksik|gerekli|bulunamadı|ayarlanmamış|girilmemiş|yok)",
            "api anahtarı eksik",
        ),
    ),
    spoken(
        "invalid_api_key",
        (
            "Polish",
            r"\b(?:nieprawidłow|błędn|niepoprawn|zł)y klucz (?:do )?api"
            r"|klucz api[^\n]{0,20} (?:nieprawidłowy|nieważny|błędny|niepoprawny)",
            "nieprawidłowy klucz api",
        ),
        (
            "Turkish",
            r"\b(?:geçersiz|yanlış|hatalı) api anahtarı|api anahtarı(?:nız)? (?:geçersiz|yanlış"
            r"|hatalı)",
            "api anahtarı geçersiz",
        ),
    ),
    spoken(
        "rate_limit_unspecified",
        (
            "Polish",
            r"\bzbyt wiele (?:żądań|zapytań)|\bza dużo (?:żądań|zapytań)|limit (?:żądań|zapytań)"
            r"[^\n]{0,20} przekroczony",
            "zbyt wiele żądań",
        ),
        (
            "Turkish",
            r"çok fazla istek|\b(?:istek|hız) (?:limiti|sınırı)[^\n]{0,12} (?:aşıldı|ulaşıldı)",
            "çok fazla istek",
        ),
    ),
    spoken(
        "model_not_found",
        (
            "Polish",
            r"\bnie znaleziono modelu|\bmodel [^\n]{0,40}nie (?:istnieje|został znaleziony)",
            "nie znaleziono modelu",
        ),
        ("Turkish", r"\bmodel [^\n]{0,40}(?:bulunamadı|mevcut değil)", "model bulunamadı"),
    ),
    spoken(
        "connection_error",
        (
            "Polish",
            r"\bnie (?:można|udało się) połączyć|\bbłąd (?:sieci|połączenia)|\bbrak połączenia",
            "nie można połączyć się z openai",
        ),
        (
            "Turkish",
            r"\b(?:bağlantı|ağ) hatası|\bbağlanılamıyor|\bbağlantı kurulamadı",
            "bağlantı hatası",
        ),
    ),
)
