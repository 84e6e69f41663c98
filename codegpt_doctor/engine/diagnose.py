"""CheckResults -> one Diagnosis.  Pure, and in the order of blame: from the outside in.

The checks come in the order of the path, so that the first one that truly fails is the root; what
fails or is skipped after it is explained by it, unless it names another error of its own.
"""

from collections.abc import Sequence

from codegpt_doctor import catalogue
from codegpt_doctor.model.report import CheckResult, Diagnosis, Finding, Health, Stage, Status

STRAY = "malformed_authorization"
NO_KEY = "missing_api_key"
THE_WAY = (Stage.SETTINGS, Stage.DNS, Stage.TCP, Stage.PROXY, Stage.TLS)
ON_THE_WAY = ("network", "server")  # families whose errors can come about at any stage


def diagnose(
    results: Sequence[CheckResult], proof: str | None = "inference"
) -> tuple[Health, Diagnosis | None]:
    """The state of the whole set-up, and the one root cause when there is one.

    ``proof`` is the check without whose success nothing is called healthy, if there is one.
    """
    failed = [result for result in results if result.status is Status.FAIL]
    root = _root(failed)
    if root is None:
        return _without_failure(results, proof), None
    if root.finding is None:
        return Health.INCONCLUSIVE, None
    return Health.PROBLEM, _diagnosis(root, root.finding, results)


def _root(failed: Sequence[CheckResult]) -> CheckResult | None:
    """The first that failed; but a key that is missing hides no way that is broken."""
    root = failed[0] if failed else None
    if root is None or root.finding is None or root.finding.id != NO_KEY:
        return root
    return next((result for result in failed[1:] if _is_of_the_way(result)), root)


def _is_of_the_way(result: CheckResult) -> bool:
    """Whether a failure is of the settings or of the network, and no answer of a server."""
    finding = result.finding
    if result.stage is Stage.HTTP:
        return finding is not None and finding.answer is None
    return finding is not None and result.stage in THE_WAY


def _without_failure(results: Sequence[CheckResult], proof: str | None) -> Health:
    broken = any(result.status is Status.ERROR for result in results)
    answered = proof is None or any(
        result.id == proof and result.status in (Status.PASS, Status.WARN) for result in results
    )
    return Health.HEALTHY if answered and not broken else Health.INCONCLUSIVE


def _diagnosis(root: CheckResult, finding: Finding, results: Sequence[CheckResult]) -> Diagnosis:
    at = list(results).index(root)
    before, later = results[:at], results[at + 1 :]
    stage = _stage(root, finding)
    others = [result.finding.id for result in results if result.finding and result is not root]
    return Diagnosis(
        finding=_enriched(finding, results),
        stage=stage,
        explains=tuple(result.id for result in later if _is_explained(result, root, finding)),
        also=tuple(dict.fromkeys(other for other in others if other != finding.id)),
        ruled_out=_ruled_out(before, stage),
        family=catalogue.get(finding.id).family,
    )


def _stage(root: CheckResult, finding: Finding) -> Stage:
    """Where it happened in this run: an error of the way is where it was met on the way."""
    entry = catalogue.get(finding.id)
    met = finding.stage or root.stage
    return met if entry.family in ON_THE_WAY else Stage(entry.stage)


def _is_explained(result: CheckResult, root: CheckResult, finding: Finding) -> bool:
    if result.status is Status.SKIP:
        return result.skipped_because == root.id
    same = result.finding is not None and result.finding.id == finding.id
    return result.status in (Status.FAIL, Status.WARN) and same


def _ruled_out(before: Sequence[CheckResult], blamed: Stage) -> tuple[Stage, ...]:
    """The stages that were seen to pass before the root cause was met."""
    passed = {result.stage for result in before if result.status is Status.PASS}
    return tuple(stage for stage in Stage if stage in passed - {blamed})


def _enriched(finding: Finding, results: Sequence[CheckResult]) -> Finding:
    """Add what another check found out about the same error, such as the look of the key."""
    by_id = {result.id: result for result in results}
    looks = by_id["key"].finding if "key" in by_id else None
    if looks and looks.id == finding.id and looks is not finding:
        detail = f"{looks.detail} {finding.detail}".strip()
        return finding._replace(
            detail=detail,
            steps=(*looks.steps, *finding.steps),
            evidence=(*finding.evidence, *looks.evidence),
        )
    status = by_id.get("status")
    if status and status.status is Status.WARN and catalogue.get(finding.id).family == "server":
        said = f"{status.summary[0].upper()}{status.summary[1:]}."
        return finding._replace(detail=f"{finding.detail} {said}".strip())
    if finding.id == STRAY and "auth" in by_id and by_id["auth"].status is Status.PASS:
        return finding._replace(detail=f"{finding.detail} Without that, the key works.")
    return finding
