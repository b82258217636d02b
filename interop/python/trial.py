"""How the program of a client is told where the grid is, and how it says what it saw.

docs/interop.md has the contract with scripts/interop.
"""

import os
import sys
import time
import traceback
from pathlib import Path
from typing import Callable, Optional, Protocol

LEASE_SECONDS = 600
"""Longer than a trial takes."""

SHORT_SECONDS = 1
PAUSE_SECONDS = 0.05
EXPIRY_SECONDS_MAX = 30
SERVES_AGAIN_SECONDS_MAX = 30
GRANTS_AFTER_KILL_MIN = 20

NODES = os.environ["INTEROP_NODES"].split(",")
"""host:port of every node, the leader last."""

TOKEN = os.environ.get("INTEROP_TOKEN")
"""The access token of a grid that asks for one; None on an open one."""

USER = os.environ.get("INTEROP_USER")
"""The name of the token."""

NAMESPACE = os.environ["INTEROP_NAMESPACE"]
"""The namespace of all locks of this trial, since trials run at once."""

FOLDER = Path(os.environ["INTEROP_FOLDER"])
"""Where the program and scripts/interop leave signs for each other."""


class Locks(Protocol):
    """A client; both calls raise where it got no answer."""

    def take(self, name: str, owner: str) -> bool:
        """Tries to take a lock, and says whether it did."""

    def release(self, name: str, owner: str) -> bool:
        """Whether the owner held the lock, and has released it."""


def ensure(promise: str, kept: bool, seen: object = None) -> None:
    """Ends the trial if a promise is not kept."""
    if not kept:
        raise AssertionError(f"broken: {promise}; seen: {seen}")


def check(promise: str, kept: bool, seen: object = None) -> None:
    """Says that a promise is kept, or ends the trial."""
    ensure(promise, kept, seen)
    print(f"ok: {promise}", flush=True)


def failure_of(call: Callable[[], object]) -> Exception:
    """Returns what a call that must fail raised."""
    try:
        answer = call()
    except Exception as failure:
        return failure
    raise AssertionError(f"broken: the call fails; seen: {answer}")


def expires(take: Callable[[], bool], take_by_other: Callable[[], bool]) -> None:
    """Proves that a lock that `take` takes for SHORT_SECONDS is free for another then, and not earlier."""
    start = time.monotonic()
    check("a lock is taken for a second", take())
    while not take_by_other():
        ensure("a lock whose lease has passed is free", time.monotonic() - start < EXPIRY_SECONDS_MAX)
        time.sleep(PAUSE_SECONDS)
    print("ok: a lock whose lease has passed is free")
    passed = time.monotonic() - start
    check("no lease ends early", passed >= SHORT_SECONDS, passed)


def failover(survivor: Locks, at_leader: Optional[Locks]) -> None:
    """Takes locks while the leader dies, and proves that each that was answered as taken is held.

    `at_leader` is a client whose only address is the leader's, or None where clients know all nodes; `survivor` reaches
    a node that lives on.
    """
    start = time.monotonic()
    check("a lock is taken while the leader lives", (at_leader or survivor).take("before", "me"))
    taken, undecided = ["before"], []
    _take_while_the_leader_dies(survivor, taken, undecided)
    if at_leader:
        failure = failure_of(lambda: at_leader.take("at-the-dead", "me"))
        print(f"ok: a client that knows only the dead node says so: {failure!r}")
    for name in taken:
        ensure(f"{name}, which was answered as taken, is held", not survivor.take(name, "thief"))
        ensure(f"{name} is released by its owner", survivor.release(name, "me"))
    print("ok: what was answered as taken is held, and its owner releases it")
    for name in undecided:
        ensure(f"{name} is free or held by its owner", survivor.take(name, "thief") or survivor.release(name, "me"))
    print("ok: what failed is free or held")
    ensure("it is over before the leases are", time.monotonic() - start < LEASE_SECONDS)


def _take_while_the_leader_dies(survivor: Locks, taken: list, undecided: list) -> None:
    (FOLDER / "ready").touch()
    failures, longest, answered, deadline = set(), 0.0, time.monotonic(), None
    turn = after_kill = 0
    while after_kill < GRANTS_AFTER_KILL_MIN:
        turn += 1
        name = f"during-{turn}"
        if deadline is None and (FOLDER / "killed").exists():
            deadline = time.monotonic() + SERVES_AGAIN_SECONDS_MAX
        try:
            answer = survivor.take(name, "me")
        except Exception as failure:
            undecided.append(name)
            failures.add(repr(failure)[:200])
        else:
            ensure(f"{name}, which nobody else asks for, is free", answer)
            taken.append(name)
            longest = max(longest, time.monotonic() - answered)
            answered = time.monotonic()
            after_kill += deadline is not None
        ensure("the grid serves after its leader died", deadline is None or time.monotonic() < deadline, failures)
        time.sleep(PAUSE_SECONDS)
    print(
        f"seen: {len(taken)} taken, {len(undecided)} calls failed, at most {longest * 1000:.0f} ms between two answers; "
        f"failures: {failures}"
    )


def run(trials: dict) -> None:
    """Runs the trial that is the last word of the command line, and ends the process."""
    try:
        trials[sys.argv[-1]]()
    except BaseException:
        traceback.print_exc()
        sys.exit(1)
