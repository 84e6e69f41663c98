"""The usual ports of servers that are no API of models."""

_OTHERS = {
    "terminals, files and desktops": (22, 445, 873, 2049, 3389, 5900, 9418),
    "mail": (25, 110, 143, 465, 587, 993, 995),
    "directories": (389, 636),
    "printers and cameras": (554, 631),
    "databases": (1433, 1521, 3306, 5432, 5433, 5984, 7474, 7687, 9042, 26257, 27017, 27018, 27019),
    "more of them": (33060,),
    "stores of vectors": (6333, 6334, 19530),
    "caches": (6379, 6380, 11211),
    "brokers": (1883, 4222, 5671, 5672, 8883, 9092, 9093, 9094, 15672, 61616),
    "searches": (7700, 8983, 9200, 9300),
    "clusters and their secrets": (2181, 2375, 2376, 2379, 6443, 8200, 8500),
    "logs, metrics and traces": (4317, 4318, 5044, 8086, 8125, 8126, 9411, 12201, 14268, 24224),
    "chains of blocks": (8545,),
    "remote calls of gRPC": (50051,),
    "homes and their printers": (1880, 7125, 7878, 8006, 8096, 8123, 8989, 25565, 32400),
    "what watches over servers": (3100, 5601, 9090, 10050, 10051),
}
OTHER_PORTS = frozenset(port for ports in _OTHERS.values() for port in ports)
# servers that a program under development starts
DEV_PORTS = frozenset((3000, 3001, 4200, 5173, 5174, 8081, 9229, 19000, 35729))
CODEGPT_PORTS = range(54112, 54122)  # of the service that the extension runs
