// @opensearch-project/opensearch: node opensearch.js life|failover

import { Client } from "@opensearch-project/opensearch";
import { LEASE_SECONDS, check, failover, failureOf, namespace, nodes, run, token, until, user } from "./trial.js";

const LOCKS = "/_plugins/_job_scheduler/api/locks";
const ACQUIRE = "/_plugins/_job_scheduler/_lock";
const RELEASE = "/_plugins/_job_scheduler/_release_lock";
const SHORT_SECONDS = 1;

function clientOf(someNodes, password = token) {
  return new Client({
    nodes: someNodes.map(({ host, port }) => `http://${host}:${port}`),
    auth: password === undefined ? undefined : { username: user, password },
  });
}

const idOf = (job) => encodeURIComponent(`${namespace}-${job}`);

async function acquire(client, job, seconds = LEASE_SECONDS) {
  const body = { job_index_name: namespace, job_id: job, lock_duration_seconds: seconds };
  return (await client.transport.request({ method: "GET", path: ACQUIRE, body })).body;
}

async function release(client, job) {
  return (await client.transport.request({ method: "PUT", path: `${RELEASE}/${idOf(job)}` })).body;
}

async function life() {
  const client = clientOf(nodes);
  const other = clientOf(nodes.slice(1));

  if (token !== undefined) {
    const refused = await failureOf(() => acquire(clientOf(nodes, "wrong"), "one"));
    check("a wrong password is refused", refused.statusCode === 401, refused);
  }
  const { body: info } = await client.info();
  check("it is taken for an OpenSearch", info.version.distribution === "opensearch", info);
  const taken = await acquire(client, "one");
  check("a free lock is taken", taken.lock_id === `${namespace}-one` && !taken.lock_model.released, taken);
  check("it has a sequence number and a term", taken.seq_no > 0 && taken.primary_term > 0, taken);
  const refused = await failureOf(() => acquire(other, "one"));
  check("another is refused it", refused.statusCode === 500, refused);

  const { body: one } = await other.http.get({ path: `${LOCKS}/${idOf("one")}` });
  check("it is found by its id", one.total_locks === 1 && !one.locks[taken.lock_id].released, one);
  const { body: all } = await other.http.get({ path: LOCKS, querystring: { pretty: true } });
  check("it is listed", all.locks[taken.lock_id].lock_duration_seconds === LEASE_SECONDS, all);
  const { body: none } = await client.http.get({ path: LOCKS, querystring: { lock_id: "no-such" } });
  check("what was never taken is not found", none.total_locks === 0, none);

  const released = await release(other, "one");
  check("it is released", released["release-lock"] === "success", released);
  const again = await acquire(other, "one");
  check("then it is taken again, with a higher number", again.seq_no > taken.seq_no, again);

  await expiry(client, other);
  await errors(client);
}

async function expiry(client, other) {
  const start = performance.now();
  await acquire(client, "short", SHORT_SECONDS);
  await until("a lock whose lease has passed is free", 30_000, () => acquire(other, "short").then(() => true, isHeld));
  const passed = performance.now() - start;
  check("no lease ends early", passed >= SHORT_SECONDS * 1000, passed);
}

/** Contention is a 500 without a body, as upstream. */
function isHeld(error) {
  if (error.statusCode === 500 && !error.meta.body) {
    return false;
  }
  throw error;
}

async function errors(client) {
  const noId = await failureOf(() => client.http.get({ path: `${LOCKS}/nohyphen` }));
  check("an id without a hyphen is refused", noId.statusCode === 400, noId);
  check("its reason is shown", noId.message.includes("Lock ID must be in format 'index-jobid'"), noId.message);
  const noField = await failureOf(() => client.transport.request({ method: "GET", path: ACQUIRE, body: {} }));
  check("a body without its fields is refused", noField.statusCode === 400, noField);
  const unknown = await failureOf(() => client.http.get({ path: LOCKS, querystring: { lock: "x" } }));
  check("an unknown parameter is refused", unknown.message.includes("unrecognized parameter: [lock]"), unknown.message);
  const release = await failureOf(() => client.http.put({ path: `${RELEASE}/no-such` }));
  check("what is not there is not released", release.meta.body["release-lock"] === "failed", release);
}

/** The leader is the first address; the client goes on to the next by itself. */
function failoverOfAll() {
  const client = clientOf([...nodes].reverse());
  const locks = {
    take: (job, owner) => acquire(client, job).then(() => true, owner === "me" ? undefined : isHeld),
    release: async (job) => (await release(client, job))["release-lock"] === "success",
  };
  return failover(locks, null);
}

await run({ life, failover: failoverOfAll });
