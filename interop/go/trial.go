package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// What docs/interop.md says of the contract with scripts/interop: nodes are host:port, the leader last; the namespace is
// that of all locks of this trial, since trials run at once; in the folder the program and the script leave signs for
// each other; the token is that of a grid that asks for one, and empty on an open one.
var (
	nodes     = strings.Split(os.Getenv("INTEROP_NODES"), ",")
	namespace = os.Getenv("INTEROP_NAMESPACE")
	folder    = os.Getenv("INTEROP_FOLDER")
	token     = os.Getenv("INTEROP_TOKEN")
)

const (
	// Longer than a trial takes.
	leaseSeconds = 600
	shortSeconds = 1

	pause              = 50 * time.Millisecond
	expiryMax          = 30 * time.Second
	servesAgainMax     = 30 * time.Second
	grantsAfterKillMin = 20
)

func fail(words string) {
	fmt.Fprintln(os.Stderr, words)
	os.Exit(1)
}

// Ends the trial if a promise is not kept.
func ensure(promise string, kept bool, seen any) {
	if !kept {
		fail(fmt.Sprintf("broken: %s; seen: %v", promise, seen))
	}
}

// Says that a promise is kept, or ends the trial.
func check(promise string, kept bool, seen any) {
	ensure(promise, kept, seen)
	fmt.Println("ok:", promise)
}

// Proves that a lock that take takes for shortSeconds is free for another then, and not earlier.
func expires(take, takeByOther func() (bool, error)) {
	start := time.Now()
	taken, err := take()
	check("a lock is taken for a second", taken, err)
	for {
		taken, err = takeByOther()
		ensure("a lock whose lease passes is answered", err == nil, err)
		if taken {
			break
		}
		ensure("a lock whose lease has passed is free", time.Since(start) < expiryMax, nil)
		time.Sleep(pause)
	}
	fmt.Println("ok: a lock whose lease has passed is free")
	check("no lease ends early", time.Since(start) >= shortSeconds*time.Second, time.Since(start))
}

// Takes locks through a node that lives on while the leader dies, and proves that each that was answered as taken is
// held; atLeader knows only the leader.
func failover(survivor, atLeader locks) {
	start := time.Now()
	before, err := atLeader.take("before", "me")
	check("a lock is taken while the leader lives", before, err)
	taken, undecided := takeWhileTheLeaderDies(survivor)
	_, err = atLeader.take("at-the-dead", "me")
	check(fmt.Sprint("a client that knows only the dead node says so: ", err), err != nil, err)
	for _, name := range append(taken, "before") {
		stolen, err := survivor.take(name, "thief")
		ensure(name+", which was answered as taken, is held", err == nil && !stolen, err)
		released, err := survivor.release(name, "me")
		ensure(name+" is released by its owner", released, err)
	}
	fmt.Println("ok: what was answered as taken is held, and its owner releases it")
	for _, name := range undecided {
		free, err := survivor.take(name, "thief")
		if err == nil && !free {
			free, err = survivor.release(name, "me")
		}
		ensure(name+" is free or held by its owner", free, err)
	}
	fmt.Println("ok: what failed is free or held")
	ensure("it is over before the leases are", time.Since(start) < leaseSeconds*time.Second, nil)
}

func takeWhileTheLeaderDies(survivor locks) (taken, undecided []string) {
	ensure("the trial can say that it is ready", os.WriteFile(filepath.Join(folder, "ready"), nil, 0o644) == nil, nil)
	failures := map[string]bool{}
	answered, longest := time.Now(), time.Duration(0)
	var killed time.Time
	for turn, afterKill := 1, 0; afterKill < grantsAfterKillMin; turn++ {
		name := fmt.Sprint("during-", turn)
		if _, err := os.Stat(filepath.Join(folder, "killed")); err == nil && killed.IsZero() {
			killed = time.Now()
		}
		granted, err := survivor.take(name, "me")
		if err != nil {
			undecided = append(undecided, name)
			failures[err.Error()] = true
		} else {
			ensure(name+", which nobody else asks for, is free", granted, nil)
			taken = append(taken, name)
			longest = max(longest, time.Since(answered))
			answered = time.Now()
			if !killed.IsZero() {
				afterKill++
			}
		}
		ensure("the grid serves after its leader died", killed.IsZero() || time.Since(killed) < servesAgainMax, failures)
		time.Sleep(pause)
	}
	fmt.Printf("seen: %d taken, %d calls failed, at most %d ms between two answers; failures: %v\n",
		len(taken), len(undecided), longest.Milliseconds(), failures)
	return taken, undecided
}
