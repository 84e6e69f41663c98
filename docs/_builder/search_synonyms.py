"""Words that mean the same to the search: each page needs them in one language only.  Pure."""

# what the pages say, and what people type for it: English, Spanish, Portuguese, Chinese
_MEANING: dict[str, str] = {
    "key": "clave claves llave contraseña chave chaves senha apikey 密钥 密匙 秘钥 钥匙",
    "account": "cuenta conta 账号 帐号 账户 帐户",
    "model": "modelo modelos 模型",
    "quota": "allowance cuota cota 配额 额度 限额",
    "credit": "crédito créditos saldo balance 余额 额度 积分",
    "balance": "saldo 余额",
    "price": (
        "cost costs charge charged cobra cobran cobraron cobrado cobrar cobrou precio "
        "cuesta cuestan coste costo preço custa custo 价格 多少钱 费用 收费"
    ),
    "money": "dinero plata dinheiro grana fondos fundos 钱 资金",
    "refund": "reembolso devolución 退款 退钱",
    "payment": (
        "pay paid paying bought buy purchase pagar pago pagado pagué pagamento paguei comprar "
        "付款 付费 支付 付了 充值 购买"
    ),
    "add": (
        "load top recharge refill añadir agregar cargar recargar adicionar carregar "
        "recarregar 充值 添加"
    ),
    "card": "tarjeta cartão visa mastercard 信用卡 银行卡",
    "declined": (
        "rejected refused denied rechazada rechazado denegada recusado recusada negado 被拒 拒绝"
    ),
    "expired": (
        "expires expiry caducada caducado caduca vencida vencido expirada expirado expirou "
        "venceu 过期 失效 到期"
    ),
    "wrong": (
        "incorrect bad incorrecta incorrecto equivocada errada errado incorreta incorreto "
        "错误 不正确 不对"
    ),
    "invalid": "inválida inválido válida válido 无效",
    "remove": "delete erase quitar borrar eliminar remover apagar excluir deletar 删除 移除 去掉",
    "create": (
        "make generate conseguir consigo obtener obtengo sacar crear crea criar obter 创建 "
        "获取 申请 得到"
    ),
    "change": (
        "replace switch update cambiar cambio reemplazar trocar mudar alterar 更换 修改 切换"
    ),
    "update": "upgrade actualizar atualizar 更新 升级",
    "install": "setup download instalar instalo instalação instalación 安装 下载",
    "connect": "connection conectar conecta conexión conectarse conexão 连接 连不上",
    "network": "internet red rede 网络",
    "company": (
        "corporate office work employer empresa corporativo corporativa corporativos trabajo "
        "oficina trabalho escritório 公司 企业 单位"
    ),
    "proxy": "代理",
    "certificate": "cert ssl tls certificado certificados 证书",
    "timeout": "hangs tiempo espera tempo esgotado agotado 超时",
    "china": "国内 大陆",
    "country": "region país países región região 国家 地区",
    "sign": (
        "login logout logged log signin signout sesión entrar ingresar acceder acessar 登录 "
        "登陆 登入 登不上"
    ),
    "daily": "day diario diaria diário diária 每日 每天",
    "loading": "load loads spinning stuck carga cargando carrega carregando 加载 转圈",
    "local": "locales locais 本地",
    "expensive": "caro cara caros 贵",
    "cancel": "cancelar cancela unsubscribe 取消",
    "vpn": "翻墙 科学上网 梯子",
    "antivirus": "kaspersky avast norton bitdefender eset mcafee antivírus 杀毒软件",
    "completion": "autocomplete autocompletion autocompletado autocompletar 补全",
    "invoice": "vat tax taxes iva impuesto imposto 税",
    "black": "negra negro preta preto 黑屏 黑",
    "blank": "white empty blanco blanca vacía branco branca vazia 白屏 空白",
    "panel": "window sidebar pantalla ventana tela janela 屏 面板 窗口",
    "limit": "cap límite límites limite limites 限制 上限",
    "request": "peticiones petición solicitudes requisições requisição solicitações 请求",
    "overloaded": "busy saturado sobrecargado ocupado sobrecarregado 过载 繁忙 拥挤",
    "server": "servidor servidores 服务器",
    "slow": "lento lenta lentitud demora devagar 慢",
    "long": "largo larga longo longa 太长 过长",
    "answer": (
        "reply respond responds response contesta responde responder respuesta resposta 反应 "
        "响应 回应 回答 回复"
    ),
    "permission": "permiso permisos permissão permissões 权限",
    "organization": "organisation organización organização 组织 机构",
    "project": "proyecto projeto 项目",
    "bill": "invoice factura facturas facturación fatura faturamento 账单 帐单 发票",
    "free": "gratis gratuito gratuita grátis 免费",
    "extension": "plugin addon extensión extensões extensão complemento 插件 扩展",
    "stored": (
        "saved kept store location guarda guardada guardado guardan salva salvo armazenada "
        "保存 存储 储存"
    ),
    "exceeded": "reached superado superada excedido excedida excedeu agotada 超出 超过 用完 用尽",
    "exhausted": "gone depleted finished used acabaron acabado acabaram acabou 用完 用光 不足",
    "insufficient": "suficiente insuficiente 不足",
    "lost": "forgot forgotten perdí perdida olvidé perdi esqueci 丢失 忘记",
    "leaked": "exposed stolen public filtrada robada vazou roubada 泄露 被盗",
    "file": "archivo archivos arquivo arquivos 文件",
    "allow": "whitelist allowlist unblock permitir liberar desbloquear 放行 白名单",
    "blocked": "banned bloqueado bloqueada bloquea 封锁 屏蔽 被封 封号",
    "subscription": "suscripción assinatura 订阅 会员",
    "verify": "verified verification verificar verificación verificação 验证 认证",
    "works": "funciona funcionan funcionar funcionando anda working 工作 能用",
}


def synonyms() -> dict[str, list[str]]:
    """What each word that people type is called on the pages."""
    found: dict[str, list[str]] = {}
    for meant, words in _MEANING.items():
        for word in words.split():
            found.setdefault(word, []).append(meant)
    return found
