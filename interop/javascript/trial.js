// What the trials of all JavaScript clients share: how they are told where the grid is, how they say what they saw, and
// the trial in which the leader is killed. docs/interop.md has the contract with scripts/interop.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Longer than a trial takes. */
export const LEASE_SECONDS = 600;

const PAUSE_MILLIS = 50;
const FAILOVER_MILLIS_MAX = 30_000;
const GRANTS_AFTER_KILL_MIN = 20;

/** Where the nodes serve, as {host, port}: the leader is the last. */
export const nodes = process.env.INTEROP_NODES.split(",").map((node) => {
  const [host, port] = node.split(":");
  return { host, port };
});

/** The access token and its name, of a grid that asks for one; undefined on an open one. */
export const token = process.env.INTEROP_TOKEN;
export const user = process.env.INTEROP_USER;

/** The namespace of all locks of this trial, since trials run at once. */
export const namespace = process.env.INTEROP_NAMESPACE;

/** Says that a promise is kept, or ends the trial. */
export function check(promise, kept, seen) {
  ensure(promise, kept, seen);
  console.log(`ok: ${promise}`);
}

function ensure(promise, kept, seen) {
  if (!kept) {
    throw new Error(`broken: ${promise}; seen: ${JSON.stringify(seen)}`);
  }
}

/** Returns what a call that must fail threw. */
export async function failureOf(call) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    return error;
  }
  throw new Error(`broken: the call fails; it answered ${JSON.stringify(answer)}`);
}

/** Asks again and again until the answer is true; fails after atMostMillis. Returns how long that took. */
export async function until(promise, atMostMillis, condition) {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > atMostMillis) {
      throw new Error(`broken: ${promise}; not within ${atMostMillis} ms`);
    }
    await pause(PAUSE_MILLIS);
  }
  console.log(`ok: ${promise}`);
  return performance.now() - start;
}

/**
 * Takes locks through a node that lives on while the leader dies, and proves that each that was answered as taken is
 * held. A client is {take(name, owner), release(name, owner)}; both answer true or false, and throw where the client
 * got no answer.
 *
 * @param atLeader a client whose only address is the leader's, or null where clients know all nodes
 */
export async function failover(survivor, atLeader) {
  const start = performance.now();
  check("a lock is taken while the leader lives", await (atLeader ?? survivor).take("before", "me"));
  const seen = await takeWhileTheLeaderDies(survivor);
  if (atLeader !== null) {
    const failure = await failureOf(() => atLeader.take("at-the-dead", "me"));
    console.log(`ok: a client that knows only the dead node says so: ${failure.message}`);
  }
  await proveThatAllIsDecided(survivor, seen);
  console.log(
    `seen: ${seen.taken.length} taken, ${seen.undecided.length} calls failed, at most ` +
      `${Math.round(seen.longestMillis)} ms between two answers; failures: ${JSON.stringify([...seen.failures])}`,
  );
  ensure("it is over before the leases are", performance.now() - start < LEASE_SECONDS * 1000);
}

async function takeWhileTheLeaderDies(survivor) {
  const seen = { taken: ["before"], undecided: [], failures: new Set(), longestMillis: 0 };
  let answered = performance.now();
  let deadline = Infinity;
  writeFileSync(join(process.env.INTEROP_FOLDER, "ready"), "");
  for (let i = 1, afterKill = 0; afterKill < GRANTS_AFTER_KILL_MIN; i++) {
    const dead = existsSync(join(process.env.INTEROP_FOLDER, "killed"));
    deadline = dead ? Math.min(deadline, performance.now() + FAILOVER_MILLIS_MAX) : deadline;
    const name = `during-${i}`;
    const answer = await survivor.take(name, "me").catch((error) => error);
    const now = performance.now();
    if (answer instanceof Error) {
      seen.undecided.push(name);
      seen.failures.add(answer.message);
    } else {
      ensure(`${name}, which nobody else asks for, is free`, answer);
      seen.taken.push(name);
      seen.longestMillis = Math.max(seen.longestMillis, now - answered);
      answered = now;
      afterKill += dead ? 1 : 0;
    }
    ensure("the grid serves after its leader died", now < deadline, [...seen.failures]);
    await pause(PAUSE_MILLIS);
  }
  return seen;
}

async function proveThatAllIsDecided(survivor, { taken, undecided }) {
  for (const name of taken) {
    ensure(`${name}, which was answered as taken, is held`, !(await survivor.take(name, "thief")));
    ensure(`${name} is released by its owner`, await survivor.release(name, "me"));
  }
  console.log("ok: what was answered as taken is held, and its owner releases it");
  for (const name of undecided) {
    const free = await survivor.take(name, "thief");
    ensure(`${name} is free or held by its owner`, free || (await survivor.release(name, "me")));
  }
  console.log("ok: what failed is free or held");
}

/** Runs the trial that is the last word of the command line. */
export async function run(trials) {
  try {
    await trials[process.argv.at(-1)]();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
