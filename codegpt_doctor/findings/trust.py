"""Which programs accept the certificate that a host shows, by the trust stores that each asks.

Programs differ, and a variable that one reads is nothing to another: what this run accepts says
little about the editor.
"""

import shlex
from collections.abc import Collection, Mapping

from codegpt_doctor.catalogue.steps import this_system
from codegpt_doctor.model.explanation import Confidence, Evidence
from codegpt_doctor.model.report import Finding, Stage
from codegpt_doctor.settings.values import Settings

SDK, EDITOR = "the openai package", "VS Code"
OWN_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
NODE = "NODE_EXTRA_CA_CERTS"
OTHERS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", NODE)
UNTRUSTED = "tls_untrusted_certificate"
INSTALL = {
    "linux": (
        "sudo cp {file} /usr/local/share/ca-certificates/company.crt",
        "sudo update-ca-certificates",
    ),
    "macos": (
        "sudo security add-trusted-cert -d -r trustRoot "
        "-k /Library/Keychains/System.keychain {file}",
    ),
    "windows": ("certutil -addstore Root {file}",),
}
SET = {"windows": '$env:{name} = "{file}"'}


def accepting_programs(stores: Collection[str], environment: Mapping[str, str]) -> dict[str, bool]:
    """For each program, whether it would accept a chain that these stores accept."""
    node = "certifi" in stores or "NODE_EXTRA_CA_CERTS" in stores
    use_system = environment.get("NODE_USE_SYSTEM_CA") == "1" and "system" in stores
    return {
        SDK: _first(stores, environment, OWN_VARIABLES, "system"),
        EDITOR: node or "system" in stores,
        "Node.js": node or use_system,
        "requests": _first(stores, environment, OTHERS[:2], "certifi"),
        "curl": _first(stores, environment, ("CURL_CA_BUNDLE", *OWN_VARIABLES), "system"),
    }


def _first(
    stores: Collection[str], environment: Mapping[str, str], names: Collection[str], usual: str
) -> bool:
    """Whether the store of the first variable that is set accepts; else the usual one."""
    chosen = next((name for name in names if environment.get(name)), usual)
    return chosen in stores


def told(programs: Mapping[str, bool]) -> str:
    """Who accepts a certificate and who does not, in a sentence."""
    parts = []
    for verb, wanted in (("accept", True), ("refuse", False)):
        names = [name for name, accepts in programs.items() if accepts is wanted]
        parts += [f"{_listed(names)} {verb}{'s' if len(names) == 1 else ''} it"] if names else []
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def refused_elsewhere(
    programs: Mapping[str, bool], environment: Mapping[str, str], said: str
) -> Finding | None:
    """A finding where this run accepts a certificate and another program would not."""
    if all(programs.values()):
        return None
    steps = []
    if not programs[EDITOR]:
        steps.append(_install(environment))
    if not programs["requests"]:
        steps += [
            f"Remove {name}, or add the public root certificates to the file that it names."
            for name in OTHERS[:2]
            if environment.get(name)
        ]
    evidence = (Evidence("tls", said),)
    return Finding(UNTRUSTED, evidence, Confidence.LIKELY, told(programs), tuple(steps), Stage.TLS)


def known_to_others(stores: Collection[str], environment: Mapping[str, str]) -> list[str]:
    """The steps where stores that this run does not ask accept a certificate.

    They are the one of a variable that other programs read, or the public ones where a variable
    leaves them out.
    """
    own = next((name for name in OWN_VARIABLES if environment.get(name)), None)
    if own and {"system", "certifi"} & set(stores):
        return [f"Remove {own}, or add the public root certificates to what it names."]
    other = next((name for name in OTHERS if name in stores), None)
    if other is None:
        return []
    return [_set(environment[other], other), _install(environment)]


def known_to_node(settings: Settings) -> tuple[str, ...]:
    """The steps where this run accepts a certificate and Node.js does not."""
    bundle = settings.ca_bundle.value if settings.ca_bundle else ""
    if not bundle:
        return (_install(settings.environment),)
    step = f"Or set {NODE}, and start the editor from that shell."
    lines = f"{step}\n    {_line(NODE, bundle)}"
    return (_install({OWN_VARIABLES[0]: bundle}), lines)


def _set(file: str, variable: str) -> str:
    name = OWN_VARIABLES[0]
    return f"Set {name} to the file that {variable} names.\n    {_line(name, file)}"


def _line(variable: str, file: str) -> str:
    line = SET.get(this_system(), "export {name}={file}")
    return line.format(name=variable, file=_quoted(file))


def _install(environment: Mapping[str, str]) -> str:
    """The step that tells the operating system, and so VS Code, of a company's certificate."""
    step = "Install the root certificate in the operating system's store, which VS Code uses."
    names = (*OWN_VARIABLES[:1], *OTHERS)
    file = next((environment[name] for name in names if environment.get(name)), "company-root.pem")
    lines = (line.format(file=_quoted(file)) for line in INSTALL[this_system()])
    return "\n    ".join((step, *lines))


def _quoted(file: str) -> str:
    return file if this_system() == "windows" else shlex.quote(file)
