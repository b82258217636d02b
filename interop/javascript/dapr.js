// @dapr/dapr, by HTTP or by gRPC: node dapr.js http|grpc life|failover

import dapr from "@dapr/dapr";
import unlock from "@dapr/dapr/types/lock/UnlockResponse.js";
import { LEASE_SECONDS, check, failover, failureOf, namespace, nodes, run, token, until } from "./trial.js";

const SHORT_SECONDS = 1;
const { CommunicationProtocolEnum, DaprClient } = dapr;
const { LockStatus } = unlock;
const overHttp = process.argv[2] === "http";
const store = namespace;

/** A wrong token is not tried: the SDK takes its refusal for a sidecar that has not started, and waits for half a minute. */
function clientOf(node) {
  return new DaprClient({
    daprHost: node.host,
    daprPort: node.port,
    communicationProtocol: overHttp ? CommunicationProtocolEnum.HTTP : CommunicationProtocolEnum.GRPC,
    daprApiToken: token,
    logger: { level: "error" },
  });
}

/** Over HTTP the message is {"error":…,"error_msg":"the body","status":…}. */
function statusAndText(error) {
  if (!overHttp) {
    return [error.code, error.rawMessage];
  }
  const { status, error_msg } = JSON.parse(error.message);
  return [status, JSON.parse(error_msg).message];
}

async function life() {
  const { lock } = clientOf(nodes[0]);
  const other = clientOf(nodes[1]).lock;

  const missing = await lock.unlock(store, "never", "me");
  check("what was never locked does not exist", missing.status === LockStatus.LockDoesNotExist, missing);

  const first = await lock.lock(store, "one", "me", LEASE_SECONDS);
  check("a free lock is taken", first.success === true, first);
  const again = await lock.lock(store, "one", "me", LEASE_SECONDS);
  check("its own holder is refused it", again.success === false, again);
  const second = await other.lock(store, "one", "you", LEASE_SECONDS);
  check("another is refused it, at another node", second.success === false, second);
  const beside = await other.lock(store, "two", "you", LEASE_SECONDS);
  check("another lock is free", beside.success === true, beside);

  const stolen = await other.unlock(store, "one", "you");
  check("another cannot unlock it", stolen.status === LockStatus.LockBelongsToOthers, stolen);
  const unlocked = await lock.unlock(store, "one", "me");
  check("its holder unlocks it", unlocked.status === LockStatus.Success, unlocked);
  const gone = await lock.unlock(store, "one", "me");
  check("then it does not exist", gone.status === LockStatus.LockDoesNotExist, gone);

  await expiry(lock, other);
  await errors(lock);
}

async function expiry(lock, other) {
  const start = performance.now();
  const short = await lock.lock(store, "short", "me", SHORT_SECONDS);
  check("a lock is taken for a second", short.success === true, short);
  await until("a lock whose lease has passed is free", 30_000, async () => {
    const taken = await other.lock(store, "short", "you", LEASE_SECONDS);
    return taken.success;
  });
  const passed = performance.now() - start;
  check("no lease ends early", passed >= SHORT_SECONDS * 1000, passed);
  const late = await lock.unlock(store, "short", "me");
  check("the earlier holder cannot unlock it", late.status === LockStatus.LockBelongsToOthers, late);
}

async function errors(lock) {
  const INVALID_ARGUMENT = 3;
  const INTERNAL = 13;
  const cases = [
    ["one", "me", 0, overHttp ? 400 : INVALID_ARGUMENT, `ExpiryInSeconds is not positive in lock store ${store}`],
    ["", "me", 1, overHttp ? 400 : INVALID_ARGUMENT, `ResourceId is empty in lock store ${store}`],
    ["one", "", 1, overHttp ? 400 : INVALID_ARGUMENT, `LockOwner is empty in lock store ${store}`],
    ["a||b", "me", 1, overHttp ? 500 : INTERNAL, "can't contain '||'"],
  ];
  for (const [resource, owner, seconds, status, text] of cases) {
    const [shown, message] = statusAndText(await failureOf(() => lock.lock(store, resource, owner, seconds)));
    check(`an error is shown as ${status} ${text}`, shown === status && message.includes(text), [shown, message]);
  }
}

function locksOf(node) {
  const { lock } = clientOf(node);
  return {
    take: async (name, owner) => (await lock.lock(store, name, owner, LEASE_SECONDS)).success,
    release: async (name, owner) => (await lock.unlock(store, name, owner)).status === LockStatus.Success,
  };
}

await run({ life, failover: () => failover(locksOf(nodes[0]), locksOf(nodes.at(-1))) });
