import json, time, socket
from contextlib import contextmanager
from scenarios.scenario import *
from scenarios.place import SECRET, run
from scenarios.keys import *
from scenarios.answers import never, hung_up, leading
from scenarios.healthy import *
from scenarios.worlds import raw, errors, refusals, certificates
from scenarios.worlds.api import *
from scenarios.worlds.network import *
from scenarios.worlds.names import *
from scenarios.worlds.proxies import *
from scenarios.worlds.sockets import listening
S=scenario; H=HEALTHY; Q=QUICK
def nth(rule_first):  # reject the first new connection(s)
    @contextmanager
    def w(place):
        run("nft","-f","-",stdin=rule_first); yield
    return w
EVERY2="table inet f {\n chain c {\n type filter hook input priority 0;\n ip daddr 203.0.113.10 tcp dport 443 tcp flags & (syn|ack) == syn numgen inc mod 2 0 reject with tcp reset\n }\n}\n"
EVERY2B=EVERY2.replace("mod 2 0","mod 2 1")
EVERY3=EVERY2.replace("mod 2 0","mod 3 0")
DROP2=EVERY2.replace("reject with tcp reset","drop")
class ResetHandshakeOnce:
    pass
def first_handshakes(n):
    """reset the first n connections, then pass to a good server"""
    @contextmanager
    def w(place):
        import struct
        place.name(OPENAI,ADDRESS); place.address(ADDRESS); place.address("203.0.113.11")
        with api(None,"203.0.113.11",shows=lambda p,h: trusted(p,OPENAI))(place):
            state={"n":0}
            def serve(c):
                # tcp probe: closes w/o data
                d=c.recv(65536)
                if not d: return
                state["n"]+=1
                if state["n"]<=n:
                    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii",1,0)); c.close(); return
                o=socket.create_connection(("203.0.113.11",443)); o.sendall(d)
                import threading
                from scenarios.worlds.proxies import _copy
                threading.Thread(target=_copy,args=(o,c),daemon=True).start(); _copy(c,o)
            with listening(ADDRESS,443,serve): yield
    return w
class Once:
    """status once on one path only"""
class FlakyDns:
    pass
def flaky_resolver(k):
    @contextmanager
    def w(place):
        import scenarios.worlds.names as N, threading
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as l:
            l.bind(("127.0.0.1",53)); st={"n":0}
            def serve():
                while True:
                    q,c=l.recvfrom(512); st["n"]+=1
                    ok=st["n"]>k
                    l.sendto(N._answer(q,{OPENAI:(ADDRESS,)} if ok else {}, {}, SERVFAIL if not ok else 3),c)
            threading.Thread(target=serve,daemon=True).start(); yield
    return w
QUOTA_BOTH=Api(models=refusals.MAY_NOT_LIST, chat=errors.NO_QUOTA)
EXTRA=(
 S("x_scope_and_quota","insufficient_quota",api(QUOTA_BOTH)),
 S("x_scope_both","insufficient_permissions",api(Api(models=refusals.MAY_NOT_LIST,chat=refusals.MAY_NOT_INFER))),
 S("x_key_missing_and_offline","missing_api_key",offline,variables={"OPENAI_API_KEY":None},also_right="network_unreachable"),
 S("x_key_newline_offline","malformed_authorization",offline,variables={"OPENAI_API_KEY":SECRET+"\n"},also_right="network_unreachable"),
 S("x_every2",H,api(),nth(EVERY2),also_right="connection_refused"),
 S("x_every2b",H,api(),nth(EVERY2B),also_right="connection_refused"),
 S("x_every3",H,api(),nth(EVERY3)),
 S("x_drop2",H,api(),nth(DROP2)),
 S("x_hs1",H,first_handshakes(1)),
 S("x_hs2",H,first_handshakes(2),warns="connection_reset"),
 S("x_hs3",H,first_handshakes(3),also_right="connection_reset"),
 S("x_dns1",H,flaky_resolver(1)),
 S("x_dns2",H,flaky_resolver(2)),
 S("x_dns4",H,flaky_resolver(4),also_right="dns_failure"),
 S("x_500_once_infer",H,api(Api(chat=Flickering(errors.SERVER_ERROR))),warns="server_error"),
 S("x_429_once",H,api(Flickering(errors.REQUESTS_A_MINUTE)),also_right="rate_limit_requests"),
 S("x_models_reset_infer_ok",H,api(Api(models=hung_up))),
 S("x_models_502_infer_ok",H,api(Api(models=errors.BAD_GATEWAY))),
 S("x_models_html403_infer_401",'unexpected_html',api(Api(models=errors.FILTER,chat=refusals.INVALID_KEY)),also_right=("invalid_api_key",)),
 S("x_models_401_infer_quota","insufficient_quota",api(Api(models=refusals.INVALID_KEY,chat=errors.NO_QUOTA)),also_right="invalid_api_key"),
 S("x_models_country_infer_key","unsupported_country",api(Api(models=refusals.COUNTRY,chat=refusals.INVALID_KEY)),also_right="invalid_api_key"),
 S("x_models_hang_infer_401","invalid_api_key",api(Api(models=never,chat=refusals.INVALID_KEY)),timeout=Q,also_right="request_timeout"),
 S("x_models_hang_infer_quota","insufficient_quota",api(Api(models=never,chat=errors.NO_QUOTA)),timeout=Q,also_right="request_timeout"),
 S("x_models_502_infer_quota","insufficient_quota",api(Api(models=errors.BAD_GATEWAY,chat=errors.NO_QUOTA)),also_right="bad_gateway"),
 S("x_models_404_infer_quota","insufficient_quota",api(Api(models=wrong_url,chat=errors.NO_QUOTA))),
 S("x_models_404_infer_401","invalid_api_key",api(Api(models=wrong_url,chat=refusals.INVALID_KEY))),
 S("x_models_404_infer_429","rate_limit_requests",api(Api(models=wrong_url,chat=errors.REQUESTS_A_MINUTE))),
 S("x_models_404_model_nf","model_not_found",api(Api(models=wrong_url,names=())),arguments=("--model","foo")),
 S("x_models_html_infer_quota","insufficient_quota",api(Api(models=errors.PORTAL,chat=errors.NO_QUOTA))),
 S("x_models_429_infer_401","invalid_api_key",api(Api(models=errors.REQUESTS_A_MINUTE,chat=refusals.INVALID_KEY))),
 S("x_models_empty200_infer_quota","insufficient_quota",api(Api(models=Reply(200,b"",{}),chat=errors.NO_QUOTA))),
 S("x_models_redirect_infer_ok",H,api(Api(models=Reply(307,b"",{"location":"/v1/models/"})))),
 S("x_nospend_quota",H,api(Api(chat=lambda r: errors.NO_QUOTA if r.data.get("messages") else failing(400,"you must provide a model parameter","invalid_request_error"))),arguments=("--no-spend",)),
 S("x_nospend_gateway_422",H,api(Api(chat=reply({"detail":[{"loc":["body","model"],"msg":"field required","type":"value_error.missing"}]},422))),arguments=("--no-spend",)),
 S("x_gateway_422_max",H,api(Api(chat=lambda r: completion() if "max_tokens" in r.data else reply({"detail":[{"loc":["body","max_completion_tokens"],"msg":"extra fields not permitted","type":"value_error.extra"}]},422)))),
 S("x_gateway_400_unknown_max",H,api(Api(chat=lambda r: completion() if "max_tokens" in r.data else failing(400,"Unsupported parameter: 'max_completion_tokens'. Use 'max_tokens'.","invalid_request_error","unsupported_parameter")))),
 S("x_only_max_tokens_500",H,api(Api(chat=lambda r: completion() if "max_tokens" in r.data else failing(500,"unexpected keyword argument 'max_completion_tokens'","server_error"))),also_right="server_error"),
 S("x_responses_only_404_url",H,api(Api(chat=wrong_url)),also_right="endpoint_not_found"),
 S("x_responses_only_400",H,api(Api(chat=failing(400,"This model is only supported in v1/responses and not in v1/chat/completions.","invalid_request_error")))),
 S("x_responses_only_other",H,api(Api(chat=failing(404,"This model is not supported in the v1/chat/completions endpoint. Use the v1/responses endpoint instead.","invalid_request_error")))),
 S("x_anthropic_style_models",H,api(Api(models=reply({"data":[{"type":"model","id":"gpt-4o-mini","display_name":"x"}],"has_more":False})))),
 S("x_ollama_native",H,api(Api(models=reply({"models":[{"name":"llama3"}]}),names=("gpt-4o-mini",)))),
 S("x_models_int_ids",H,api(Api(models=reply({"object":"list","data":[{"id":1}]})))),
 S("x_choices_empty",H,api(Api(chat=reply({"object":"chat.completion","choices":[]})))),
 S("x_choices_null",H,api(Api(chat=reply({"object":"chat.completion","choices":None}))),also_right=("malformed_response",)),
 S("x_finish_length",H,api(Api(chat=reply({"object":"chat.completion","choices":[{"message":{"content":""},"finish_reason":"length"}]})))),
 S("x_response_failed","server_error",api(Api(chat=errors.ONLY_RESPONSES,responses=reply({"object":"response","status":"failed","error":{"code":"server_error","message":"The server had an error"},"output":[]})))),
 S("x_dead_no_dns_ip","connection_refused",here("203.0.113.50"),arguments=at("https://203.0.113.50/v1")),
 S("x_local_dead","connection_refused",arguments=at("http://127.0.0.1:11434/v1")),
 S("x_local_dead_name","connection_refused",arguments=at("http://localhost:11434/v1")),
 S("x_private_unreach","network_unreachable",without(4,6),arguments=(*at("http://10.9.9.9:8000/v1"),"--allow-http")),
 S("x_private_name_unres","dns_failure",arguments=at("https://llm.corp.internal/v1")),
 S("x_http_to_private_noallow","inconclusive",arguments=at("http://10.9.9.9:8000/v1")),
 S("x_wildcard_hosts",H,api(None,"us.api.openai.com"),arguments=at("https://us.api.openai.com/v1")),
 S("x_proxy_and_dns_dead",H,api(None,OPENAI,in_hosts=False) , squid(), through(), variables={},also_right="proxy_unreachable"),
)
