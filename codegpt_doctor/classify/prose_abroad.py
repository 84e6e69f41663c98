"""Prose in other languages than English that speaks of errors in general."""

import re

from codegpt_doctor.classify.prose_pieces import ABOUT
from codegpt_doctor.classify.rule import Rule, Table

_REST = r"[^\n]{0,600}"

ABROAD = Table(
    flags=re.MULTILINE | re.ASCII | re.IGNORECASE,
    rules=(
        Rule(
            r"\b(?:si (?:recibes?|ves?|te (?:aparece|sale)|obtienes?|(?:usted )?recibe)"
            r"|cuando (?:recibas|veas|aparezca)"
            r"|se (?:(?:você|voce) )?(?:receber|vir|aparecer|encontrar|obtiver)"
            r"|se (?:ricevi|vedi|ottieni|compare))\b" + _REST,
            "what to do in a case, in Spanish, Portuguese and Italian",
            "Se você receber o erro 429, aguarde alguns minutos.",
            "no sé si funciona: 429",
        ),
        Rule(
            rf"\bwenn (?!ich\b|wir\b)[^\n.:,]{{3,80}}, (?:antwortet|liefert|gibt|sendet){_REST}"
            rf"|(?:如果|若)(?!我)[^\n，,。:：]{{2,20}}[，,][^\n。:：]{{0,30}}返回{_REST}"
            r"|\bsi (?:vous|tu) (?:obtenez|obtiens|voyez|vois|recevez|reçois|rencontrez"
            r"|rencontres)\b"
            rf"{_REST}|\b(?:wenn|falls) (?:sie|du)\b[^\n.:]{{0,80}}"
            rf" (?:erhalten|sehen|bekommen|siehst|bekommst|erhältst)\b{_REST}",
            "the same in French and German, and what is answered in a case, in Chinese, too",
            "Wenn Sie den Fehler 401 erhalten, prüfen Sie den Schlüssel.",
            "wenn ich frage, kommt 401",
        ),
        Rule(
            rf"[еЕ]сли (?:вы )?(?:видите|получаете|получили|возникает){_REST}"
            rf"|(?:如果|若|當|当)(?:返回|出现|出現|遇到|看到|收到|显示){_REST}"
            rf"|(?:表示|発生|返)(?:された|した|される|する)(?:場合|とき){_REST}",
            "the same in Russian, Chinese and Japanese",
            "如果返回 401，请检查 API Key 是否正确；如果返回 429，请稍后重试。",
            "返回 401",
        ),
        Rule(
            rf"^[ \t]{{0,9}}(?:notes? de version|notas de la versión|versionshinweise?|更新日志"
            rf"|変更履歴|[сС]писок изменений) ?[:：]{_REST}",
            "what was changed, said at its start",
            "Note de version : le message « Rate limit reached » est traduit.",
        ),
        Rule(
            r"^[ \t]{0,9}¿?(?:puedo|se puede|posso|[éÉ] possível"
            r"|kann (?:ich|man)|wie (?:kann|viel"
            r"|hoch|lange)|puis-je|peut-on|quel(?:le)? est|comment|cuál es|cómo|qual é"
            r"|[мМ]ожно ли|[кК]ак )"
            r"(?![^\n]{0,300}(?:por ?qu[eéê]\b|pourquoi|warum|wieso|weshalb|[пП]очему"
            r"|为什么|為什麼|error|erro\b|fehler|erreur|[оО]шибк|报错|错误|エラー))"
            r"[^\n?:\"{]{5,300}\?[ \t]{0,9}$",
            "a question about how things are",
            "Puedo usar CodeGPT sin conexión a internet con Ollama?",
            "¿Por qué no hay conexión a internet?",
        ),
        Rule(
            r"^[^\n:]{0,80}\b(?:différence entre|diferencia (?:hay )?entre|unterschied zwischen"
            rf"|differenza (?:tra|fra)|diferença entre)\b{_REST}"
            rf"|^[^\n:]{{0,40}}разница между{_REST}",
            "how two errors differ",
            "Quelle est la différence entre une erreur 401 et une erreur 403 ?",
            "entre nous : erreur 401",
        ),
        Rule(
            rf"{ABOUT}[^\n.:;]{{0,40}}? ?(?:signifi(?:e|ca)\b|bedeutet\b|quer dizer\b|oznacza\b"
            rf"|означает|значит|を意味|という意味|表示请求|意味着|是指|[를을는] 의미){_REST}",
            "what a status means",
            "429 エラーはリクエストが多すぎることを意味します。",
            "429 エラー",
        ),
    ),
)
