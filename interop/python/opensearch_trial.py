"""The Python client of OpenSearch: opensearch_trial.py life|failover"""

from typing import Optional
from urllib.parse import quote

from opensearchpy import AuthenticationException, OpenSearch, RequestError, TransportError
from trial import LEASE_SECONDS, NAMESPACE, NODES, SHORT_SECONDS, TOKEN, USER, check, expires, failover, failure_of, run

PLUGIN = "/_plugins/_job_scheduler"
LOCKS = f"{PLUGIN}/api/locks"


def client_of(nodes: list, token: Optional[str] = TOKEN) -> OpenSearch:
    return OpenSearch(
        hosts=[f"http://{node}" for node in nodes],
        http_auth=(USER, token) if token else None,
    )


def id_of(job: str) -> str:
    return quote(f"{NAMESPACE}-{job}", safe="")


def acquire(client: OpenSearch, job: str, seconds: int = LEASE_SECONDS) -> dict:
    body = {"job_index_name": NAMESPACE, "job_id": job, "lock_duration_seconds": seconds}
    return client.transport.perform_request("GET", f"{PLUGIN}/_lock", body=body)


def is_taken(client: OpenSearch, job: str, seconds: int = LEASE_SECONDS) -> bool:
    """A lock that is held is a 500 without a body, as upstream."""
    try:
        return not acquire(client, job, seconds)["lock_model"]["released"]
    except TransportError as failure:
        if failure.status_code == 500 and not failure.info:
            return False
        raise


def release(client: OpenSearch, job: str) -> bool:
    return client.transport.perform_request("PUT", f"{PLUGIN}/_release_lock/{id_of(job)}")["release-lock"] == "success"


def life() -> None:
    me, you = client_of(NODES), client_of(NODES[1:])
    if TOKEN:
        refused = failure_of(lambda: acquire(client_of(NODES, "wrong"), "one"))
        check("a wrong password is refused", isinstance(refused, AuthenticationException), refused)
    info = me.info()
    check("it is taken for an OpenSearch", info["version"]["distribution"] == "opensearch", info)
    taken = acquire(me, "one")
    check("a free lock is taken", taken["lock_id"] == f"{NAMESPACE}-one", taken)
    check("it has a sequence number and a term", taken["seq_no"] > 0 and taken["primary_term"] > 0, taken)
    check("another is refused it", not is_taken(you, "one"))

    one = you.transport.perform_request("GET", f"{LOCKS}/{id_of('one')}")
    check("it is found by its id", one["total_locks"] == 1 and not one["locks"][taken["lock_id"]]["released"], one)
    listed = you.transport.perform_request("GET", LOCKS, params={"pretty": "true"})
    check("it is listed", listed["locks"][taken["lock_id"]]["lock_duration_seconds"] == LEASE_SECONDS, listed)
    none = me.transport.perform_request("GET", LOCKS, params={"lock_id": "no-such"})
    check("what was never taken is not found", none["total_locks"] == 0, none)

    check("it is released", release(you, "one"))
    again = acquire(you, "one")
    check("then it is taken again, with a higher number", again["seq_no"] > taken["seq_no"], again)

    expires(lambda: is_taken(me, "short", SHORT_SECONDS), lambda: is_taken(you, "short"))
    errors(me)


def errors(client: OpenSearch) -> None:
    no_id = failure_of(lambda: client.transport.perform_request("GET", f"{LOCKS}/nohyphen"))
    check("an id without a hyphen is refused", isinstance(no_id, RequestError) and no_id.status_code == 400, no_id)
    check("its kind is shown", no_id.error == "illegal_argument_exception", no_id)
    check("its reason is shown", "Lock ID must be in format 'index-jobid'" in str(no_id), no_id)
    no_field = failure_of(lambda: client.transport.perform_request("GET", f"{PLUGIN}/_lock", body={}))
    check("a body without its fields is refused", isinstance(no_field, RequestError), no_field)
    unknown = failure_of(lambda: client.transport.perform_request("GET", LOCKS, params={"lock": "x"}))
    check("an unknown parameter is refused", "unrecognized parameter: [lock]" in str(unknown), unknown)
    gone = failure_of(lambda: client.transport.perform_request("PUT", f"{PLUGIN}/_release_lock/no-such"))
    check("what is not there is not released", gone.status_code == 500 and gone.info["release-lock"] == "failed", gone)


class Locks:
    """One client that knows all nodes, the leader first, and goes on to the next by itself."""

    def __init__(self):
        self.client = client_of(NODES[::-1])

    def take(self, name: str, owner: str) -> bool:
        if owner == "me":
            # Refused, it is not known whether by itself: the client may have asked twice.
            acquire(self.client, name)
            return True
        return is_taken(self.client, name)

    def release(self, name: str, owner: str) -> bool:
        return release(self.client, name)


run({"life": life, "failover": lambda: failover(Locks(), None)})
