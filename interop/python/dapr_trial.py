"""The Python SDK of Dapr, which speaks gRPC and asks for its sidecar's health over HTTP: dapr_trial.py life|failover"""

import os
import warnings

from trial import LEASE_SECONDS, NAMESPACE, NODES, SHORT_SECONDS, TOKEN, check, expires, failover, failure_of, run

# As its users do; read when the package is imported. One port serves both protocols.
os.environ["DAPR_HTTP_ENDPOINT"] = f"http://{NODES[0]}"
if TOKEN:
    os.environ["DAPR_API_TOKEN"] = TOKEN

from dapr.clients import DaprClient  # noqa: E402
from dapr.clients.grpc._response import UnlockResponseStatus  # noqa: E402
from dapr.conf import settings  # noqa: E402
from grpc import RpcError, StatusCode  # noqa: E402

warnings.filterwarnings("ignore", message="The Distributed Lock API is an Alpha version")
STORE = NAMESPACE


class Locks:
    """One client of one node."""

    def __init__(self, node: str):
        self.client = DaprClient(address=node)

    def take(self, name: str, owner: str) -> bool:
        return self.client.try_lock(STORE, name, owner, LEASE_SECONDS).success

    def unlock(self, name: str, owner: str) -> UnlockResponseStatus:
        return self.client.unlock(STORE, name, owner).status

    def release(self, name: str, owner: str) -> bool:
        return self.unlock(name, owner) == UnlockResponseStatus.success


def life() -> None:
    if TOKEN:
        refuses_others()
    me, you = Locks(NODES[0]), Locks(NODES[1])
    check("what was never locked does not exist", me.unlock("never", "me") == UnlockResponseStatus.lock_does_not_exist)

    check("a free lock is taken", me.take("one", "me"))
    check("its own holder is refused it", not me.take("one", "me"))
    check("another is refused it, at another node", not you.take("one", "you"))
    check("another lock is free", you.take("two", "you"))

    stolen = you.unlock("one", "you")
    check("another cannot unlock it", stolen == UnlockResponseStatus.lock_belongs_to_others, stolen)
    check("its holder unlocks it", me.release("one", "me"))
    check("then it does not exist", me.unlock("one", "me") == UnlockResponseStatus.lock_does_not_exist)

    with me.client.try_lock(STORE, "block", "me", LEASE_SECONDS) as lock:
        check("a lock is taken for a block", bool(lock))
        check("it is held in the block", not you.take("block", "you"))
    check("it is free after the block", you.take("block", "you"))

    expires(
        lambda: me.client.try_lock(STORE, "short", "me", SHORT_SECONDS).success,
        lambda: you.take("short", "you"),
    )
    late = me.unlock("short", "me")
    check("the earlier holder cannot unlock it", late == UnlockResponseStatus.lock_belongs_to_others, late)
    errors(me)


def refuses_others() -> None:
    settings.DAPR_API_TOKEN = "wrong"
    refused = failure_of(lambda: Locks(NODES[0]).take("one", "me"))
    check("a wrong token is refused", refused.code() == StatusCode.UNAUTHENTICATED, refused)
    settings.DAPR_API_TOKEN = TOKEN


def errors(locks: Locks) -> None:
    """Empty names and a lease of 0 are refused by the SDK itself."""
    for call in (locks.take, locks.unlock):
        shown = failure_of(lambda: call("a||b", "me"))
        check("an error is shown as INTERNAL", isinstance(shown, RpcError) and shown.code() == StatusCode.INTERNAL, shown)
        check("its reason is shown", "can't contain '||'" in shown.details(), shown)


run({"life": life, "failover": lambda: failover(Locks(NODES[0]), Locks(NODES[-1]))})
