"""All checks, in the order of the path: from the settings to the answer."""

from codegpt_doctor.checks.api import check_auth, check_http, check_model
from codegpt_doctor.checks.billing import check_billing
from codegpt_doctor.checks.configuration import check_settings
from codegpt_doctor.checks.control import check_status
from codegpt_doctor.checks.inference import check_inference, check_limits
from codegpt_doctor.checks.key import check_key
from codegpt_doctor.checks.path import check_dns, check_proxy, check_tcp, check_tls
from codegpt_doctor.checks.sdk import check_sdk
from codegpt_doctor.model import Stage
from codegpt_doctor.runner import Check

CHECKS = (
    Check("key", "API key", Stage.SETTINGS, check_key),
    Check("settings", "Settings", Stage.SETTINGS, check_settings),
    Check("proxy", "Proxy", Stage.PROXY, check_proxy, ("settings",)),
    Check("dns", "DNS", Stage.DNS, check_dns, ("settings", "proxy")),
    Check("tcp", "TCP", Stage.TCP, check_tcp, ("settings", "proxy", "dns")),
    Check("tls", "TLS", Stage.TLS, check_tls, ("settings", "proxy", "dns", "tcp")),
    Check("http", "HTTP", Stage.HTTP, check_http, ("settings", "proxy", "dns", "tcp", "tls")),
    Check("auth", "Authentication", Stage.AUTH, check_auth, ("settings", "http")),
    Check("model", "Model", Stage.MODEL, check_model, ("settings", "http", "auth")),
    Check("inference", "Inference", Stage.INFERENCE, check_inference, ("settings", "http")),
    Check("limits", "Rate limits", Stage.INFERENCE, check_limits, ("settings", "http")),
    Check("billing", "Billing", Stage.BILLING, check_billing, ("settings", "http")),
    Check("status", "Provider status", Stage.HTTP, check_status, ("settings",)),
)
SDK_CHECK = Check("sdk", "Official SDK", Stage.INFERENCE, check_sdk, ("settings",))
