"""Everyday words for a page, beside its own: English, Spanish, Portuguese, Chinese."""

WORDS: dict[str, tuple[str, ...]] = {
    "providers/openai": (
        "get api key create make new key set up setup install codegpt connect start begin tutorial",
        "enter key paste key remove key disconnect delete key gpt chatgpt select your ai",
        "crear obtener clave api configurar conectar instalar quitar clave",
        "criar obter chave api configurar conectar instalar remover chave",
        "创建密钥 获取密钥 安装 设置 连接 删除密钥 教程 配置",
    ),
    "billing": (
        "money price cost card pay payment invoice balance free trial plan tier expensive bill",
        "saldo tarjeta pago cuota crédito precio factura gratis cuánto cuesta",
        "saldo cartão pagamento cota crédito preço fatura grátis quanto custa",
        "余额 充值 付款 信用卡 价格 费用 额度 配额 免费",
    ),
    "codegpt": (
        "not working broken does not respond no answer nothing happens extension problem stuck",
        "no funciona no responde extensión problema bloqueado",
        "não funciona não responde extensão problema travado",
        "不工作 没有反应 无法使用 插件 扩展 问题 没有响应",
    ),
    "company-networks": (
        "work company office corporate vpn proxy firewall zscaler netskope department inspection",
        "empresa red corporativa proxy cortafuegos",
        "empresa rede corporativa proxy firewall",
        "公司网络 代理 防火墙 企业",
    ),
    "organizations": (
        "wrong organization account team project permission role service account expiry",
        "organización proyecto permisos",
        "organização projeto permissões",
        "组织 项目 权限",
    ),
    "errors/insufficient_quota": (
        "no money funds empty out of credits exceeded quota",
        "sin saldo sin crédito cuota superada excedida agotada has superado tu cuota actual",
        "sem saldo sem crédito cota excedida você excedeu sua cota atual",
        "余额不足 配额 额度不足 超出配额 您已超出当前配额",
    ),
    "errors/invalid_api_key": (
        "wrong key bad key key not valid key rejected not accepted",
        "clave incorrecta clave no válida clave api inválida",
        "chave incorreta chave inválida chave api inválida",
        "密钥错误 无效密钥 密钥无效 API密钥不正确",
    ),
    "errors/missing_api_key": (
        "no key enter key asks for key",
        "falta la clave sin clave",
        "falta a chave sem chave",
        "缺少密钥 没有密钥",
    ),
    "errors/model_not_found": (
        "model gone missing unknown wrong model name",
        "modelo no existe modelo no encontrado",
        "modelo não existe modelo não encontrado",
        "模型不存在 找不到模型",
    ),
    "errors/rate_limit_requests": (
        "too fast slow down wait",
        "demasiadas solicitudes límite de velocidad",
        "muitas solicitações limite de taxa",
        "请求过多 速率限制 频率限制",
    ),
    "errors/unsupported_country": (
        "china hong kong russia iran country region blocked not available",
        "país región no compatible no disponible en mi país",
        "país região não suportado",
        "国家 地区 中国 不支持的地区 香港",
    ),
    "errors/tls_untrusted_certificate": (
        "ssl certificate zscaler self signed",
        "certificado no confiable",
        "certificado não confiável",
        "证书 证书错误 自签名",
    ),
    "errors/codegpt_service_unreachable": (
        "unable to connect to the extension services port 54112",
        "no se puede conectar a los servicios de la extensión",
        "não foi possível conectar aos serviços da extensão",
        "无法连接到扩展服务",
    ),
    "errors/codegpt_blank_panel": (
        "black screen white empty panel loading forever",
        "pantalla negra en blanco",
        "tela preta em branco",
        "黑屏 白屏 空白 一直加载",
    ),
    "errors/codegpt_account_not_synced": (
        "-1 to -1 minus one interactions sign in login logged in not synced",
        "iniciar sesión no se sincroniza",
        "entrar login não sincroniza",
        "登录 无法登录 -1",
    ),
    "errors/request_timeout": (
        "slow timeout takes forever no response in time",
        "tiempo de espera agotado",
        "tempo esgotado",
        "超时 连接超时",
    ),
    "errors/connection_error": (
        "no internet cannot connect offline",
        "error de conexión no se puede conectar",
        "erro de conexão não conecta",
        "连接错误 无法连接 网络错误",
    ),
    "errors/context_length_exceeded": (
        "too long text message conversation",
        "texto demasiado largo",
        "texto muito longo",
        "上下文过长 文本太长",
    ),
    "errors/engine_overloaded": (
        "busy overloaded full servers",
        "sobrecargado saturado",
        "sobrecarregado",
        "过载 服务器繁忙",
    ),
}
