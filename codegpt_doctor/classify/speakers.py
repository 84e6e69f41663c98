"""Who speaks in a text that is no client of LLMs: another program, another service."""

import re

from codegpt_doctor.classify.rule import Rule, Table, compiled
from codegpt_doctor.classify.services import APPS, SERVICES

_ANY_CASE = re.IGNORECASE | re.MULTILINE | re.ASCII

# programs that fetch packages, one of which may be called as a provider is
FETCHERS = Table(
    rules=(
        Rule(
            r"\bnpm (?:ERR!|error|WARN)|\byarn error|\bpnpm (?:ERR|error)",
            "npm and its relatives, wherever a line has them",
            "npm ERR! 500 Internal Server Error - GET https://packages.example/x",
        ),
        Rule(
            r"/resolve/main/|\bGatedRepo\w{0,20}|\bRepositoryNotFoundError\b|\bhf_hub_download\b"
            r"|\bfrom_pretrained\b|\bfind it in the cached files\b",
            "what fetches models from a hub",
            "huggingface_hub.errors.GatedRepoError: 401 Client Error",
        ),
        Rule(
            r": /simple/|/packages/\S{1,250}?\.(?:whl|gz|zip)"
            r"|Could not (?:install packages|GET ')",
            "pip and Gradle",
            "https://files.example/packages/ab/cd/openai-1.0-py3-none-any.whl",
        ),
        Rule(r"\.tgz\b|/packages\.json", "npm and Composer", "GET https://npm.example/openai.tgz"),
        Rule(
            r"\.pom\b|/maven/|Could not transfer artifact",
            "Maven and Gradle",
            "https://repo.example/maven/com/openai",
        ),
        Rule(r"/@v/", "Go's proxy of modules", "proxy.example/openai/@v/list"),
        Rule(
            r"spurious network error|\bfailed to publish: ",
            "Cargo of Rust",
            "warning: spurious network error (3 tries)",
        ),
    )
)

# databases, brokers, searches, clusters
_PORTS = (
    "(?:1433|1521|1883|2181|2375|2376|2379|3306|33060|4222|5432|5433|567[12]|6379|6380|6443|7474|7687"
    "|8086|8200|8500|8883|909[2-4]|9042|9200|9300|11211|15672|26257|2701[7-9]|50000|61616)"
)
_LOW_PORTS = (
    "(?:22|25|143|389|465|587|636|993|995)"  # after a letter they may be the line of a file
)

# how lines of other programs begin
PROMPTS = Table(
    before="^",
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"npm (?:error|err!)|yarn |pnpm |\[vite\] ",
            "package managers and bundlers of JavaScript",
            "npm error code ECONNREFUSED",
            "npm run start",
        ),
        Rule(
            r"psql:|pg_dump:|mysql|ERROR \d{4} \(|redis|mongo|elastic",
            "clients of databases",
            'psql: error: connection to server at "db" failed',
        ),
        Rule(
            r"(?:ssh|scp|rsync|s?ftp|ldap\w{0,10}|openssl(?: \w{1,12})?|make(?:\[\d{1,3}\])?):",
            "programs that connect or run others",
            "ssh: connect to host x port 22: Connection refused",
            "Make sure that the key is right.",
        ),
        Rule(
            r"fatal: (?![\w.-]{2,40}: )|git |remote: |hint: ",
            "git, about its remote",
            "fatal: not a git repository",
        ),
        Rule(
            r"docker(?! model)|helm (?:install|upgrade|pull|repo)|podman "
            r"|cannot connect to the docker|error response from daemon|kubectl"
            r"|error: failed to solve:"
            r"|unable to connect to the server:",
            "Docker and Kubernetes",
            "Cannot connect to the Docker daemon",
        ),
        Rule(
            r"[EW]: (?:Failed|Unable|Could|The|Some|Package|Release|Sub)|Err:\d|==> ",
            "apt and Homebrew",
            "E: Failed to fetch http://deb.example/x",
        ),
        Rule(
            r"(?:\d{4}/\d\d/\d\d [\d:]{8} )?\[(?:error|crit|warn)\] \d{1,9}#\d{1,9}: ",
            "the error log of nginx, about whatever it stands in front of",
            "2026/11/23 08:00:00 [error] 31#31: *1 connect() failed",
            "[error] 401 Unauthorized",
        ),
        Rule(
            r"(?:\d{4}/\d\d/\d\d [\d:]{8} )?http: proxy error: "
            r"|(?:vue-cli: )?(?:could not proxy request|proxy error: could not)|webpack:|\[HPM\] ",
            "development servers, about the server behind them",
            "Proxy error: Could not proxy request /api from localhost:3000",
        ),
        Rule(
            r"exception while exporting|error parsing HTTP ",
            "exporters of telemetry, and a registry of Docker",
            "Exception while exporting Span batch.",
        ),
    ),
)

# what other services and libraries are known by, anywhere in a line
MARKS = Table(
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"\berror (?:TS|CS|NU|MSB|LNK)\d{4}\b|\berror\[E\d{4}\]"
            r"|while connecting to upstream|connect\(\) failed \(\d|\[HPM\]"
            r"|For async tests and hooks, ensure|\bDocker Hub\b|\bPulling (?:repository|image)\b",
            "nginx, a proxy for development, a test runner, a compiler or Docker",
            "connect() failed (111: Connection refused) while connecting to upstream",
        ),
        Rule(
            r"\bfatal: (?:unable to access|could not read|repository|Authentication failed for)"
            r"|Permission denied \(publickey",
            "git and ssh, in a sentence too",
            "I get: fatal: unable to access 'https://git.example/'",
        ),
        Rule(
            r"\b(?:qdrant_client|weaviate|chromadb|pinecone|pymilvus|elevenlabs|wandb|mlflow"
            r"|snowflake|celery|kombu|langsmith|replicate|tavily)\.|\bMCP error\b|\bMCP server \""
            r"|\bstreamableHttp\b|\bError POSTing to endpoint\b"
            r"|\b(?:bullmq|sidekiq|resque)\b|\bspringframework\.(?:amqp|jms|kafka|data)\.",
            "stores of vectors, other services of AI, servers of tools, queues of jobs",
            "qdrant_client.http.exceptions.ResponseHandlingException: [Errno 111]",
            "openai.APIConnectionError",
        ),
        Rule(
            r"\bMongo\w{0,30}(?:Error|Exception)\b|\b(?:ioredis|ReplyError|RedisError|AmqpError)\b"
            r"|\bSequelize\w{0,40}Error\b|\bPrismaClient\w{3,40}|\bSQLSTATE\b|\bHikariPool\b"
            r"|\bpg_hba\b|\basyncpg\.|\bTypeOrm\w{0,20}|\bKafka\w{0,20}(?:Error|Exception)\b"
            r"|\bpassword authentication failed for user\b|\bOperationalError\b"
            r"|\bDatabaseError\b|\bInfluxD[Bb]\b|\bClickHouse\b|\bCassandra\b"
            r"|\bNeo4j\w{0,20}|\bKafkaJS\w{0,20}|\bSMTP\w{0,30}|\bZooKeeper\b|\bMinIO\b",
            "drivers of databases and brokers, by their classes and names",
            "warn MongoServerSelectionError: getaddrinfo ENOTFOUND x",
        ),
        Rule(
            r"\b(?:PostgreSQL|Postgres|MySQL|MariaDB|MongoDB|RabbitMQ|Redis|Elasticsearch|Memcached"
            r"|OpenSearch|CouchDB|Mosquitto|MQTT broker|SQL Server)\b",
            "databases and brokers by name",
            "RabbitMQ management API call failed: [Errno 111] Connection refused",
        ),
        Rule(
            rf"unix:///|\bport (?:{_PORTS}|{_LOW_PORTS})\b|[A-Za-z]:{_PORTS}\b(?!:\d|\))",
            "a socket of this machine, or the port of a database after its host's name",
            "connect to db:5432",
            "at okhttp3.Http2Stream.takeHeaders(Http2Stream.kt:143)",
        ),
        Rule(
            rf"(?:\]|\.\d{{1,3}}):(?:{_PORTS}|{_LOW_PORTS})\b",
            "the port of a database or of mail after an address",
            "connect ETIMEDOUT 10.0.0.5:1433",
            "connect ECONNREFUSED 127.0.0.1:443",
        ),
        Rule(
            r"node_modules/(?:mysql2?|pg|pg-\w{1,20}|mongodb|mongoose|ioredis|redis|amqplib|kafkajs"
            r"|nodemailer|ldapjs|sequelize|typeorm|knex)/|\b(?:ftplib|imaplib|poplib|xmlrpc"
            r"|nntplib)\b"
            r"|site-packages/(?:psycopg2?|pymongo|redis|pymysql|pika|kafka|elasticsearch"
            r"|paramiko)/",
            "the same in the frames of a trace",
            "at Object.createConnection (/app/node_modules/mysql2/promise.js:253:31)",
        ),
        Rule(
            r"\b(?:psycopg2?|pymongo|redis|kafka|elasticsearch|smtplib|paramiko|ldap3|pymysql)\."
            r"|\bbotocore\.(?![^\n]{0,300}(?:InvokeModel|Converse|bedrock)"
            r"|[^\n]{0,300}\n[^\n]{0,300}bedrock)",
            "modules of Python for databases, queues, mail, SSH",
            "redis.exceptions.ConnectionError: Error 111",
        ),
        Rule(
            r"\b[prs]k_(?:test|live)|\b(?:pi|tok)_[\w*]{12}",
            "keys and ids of Stripe",
            "Invalid API Key provided: sk_test_****1234",
        ),
        Rule(
            r"\b(?:smtp|imap|ldap|mysql|postgres|redis|mongo)\.[\w-]{1,63}\.\w",
            "hosts called by their service",
            "getaddrinfo ENOTFOUND smtp.mail.example",
        ),
        Rule(
            r"\b(?:postgres(?:ql)?|mysql|redis|mongodb(?:\+srv)?|amqps?|kafka|smtp|ldaps?|git|s?ftp|ssh"
            r"|udp|rtsp|rtmp|mqtts?|nats)://",
            "addresses of other protocols",
            "mongodb+srv://cluster0.example",
        ),
    ),
)

PACKAGES = compiled(FETCHERS)
APP = compiled(APPS)
PROGRAM = compiled(PROMPTS, MARKS)
SERVICE = compiled(SERVICES)
