// The Go SDK of Dapr, which speaks gRPC: dapr life|failover
package main

import (
	"context"
	"os"
	"strings"

	dapr "github.com/dapr/go-sdk/client"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	success         = "SUCCESS"
	doesNotExist    = "LOCK_DOES_NOT_EXIST"
	belongsToOthers = "LOCK_BELONGS_TO_OTHERS"
)

// One client of one node.
type locks struct {
	client dapr.Client
}

func locksOf(node string) locks {
	client, err := dapr.NewClientWithAddressContext(context.Background(), node)
	ensure("the client connects", err == nil, err)
	return locks{client}
}

func (l locks) tryLock(name, owner string, seconds int32) (bool, error) {
	request := &dapr.LockRequest{ResourceID: name, LockOwner: owner, ExpiryInSeconds: seconds}
	response, err := l.client.TryLockAlpha1(context.Background(), namespace, request)
	return err == nil && response.Success, err
}

func (l locks) unlock(name, owner string) (string, error) {
	request := &dapr.UnlockRequest{ResourceID: name, LockOwner: owner}
	response, err := l.client.UnlockAlpha1(context.Background(), namespace, request)
	if err != nil {
		return "", err
	}
	return response.Status, nil
}

func (l locks) take(name, owner string) (bool, error) {
	return l.tryLock(name, owner, leaseSeconds)
}

func (l locks) release(name, owner string) (bool, error) {
	state, err := l.unlock(name, owner)
	return state == success, err
}

// Says that a lock was answered as expected.
func checkTake(promise string, expected bool, l locks, name, owner string) {
	taken, err := l.take(name, owner)
	check(promise, err == nil && taken == expected, err)
}

// Says that an unlock was answered as expected.
func checkUnlock(promise string, expected string, l locks, name, owner string) {
	state, err := l.unlock(name, owner)
	check(promise, err == nil && state == expected, []any{state, err})
}

func life() {
	if token != "" {
		stranger := locksOf(nodes[0])
		stranger.client.WithAuthToken("wrong")
		_, err := stranger.take("one", "me")
		check("a wrong token is refused", status.Code(err) == codes.Unauthenticated, err)
	}
	me, you := locksOf(nodes[0]), locksOf(nodes[1])
	checkUnlock("what was never locked does not exist", doesNotExist, me, "never", "me")

	checkTake("a free lock is taken", true, me, "one", "me")
	checkTake("its own holder is refused it", false, me, "one", "me")
	checkTake("another is refused it, at another node", false, you, "one", "you")
	checkTake("another lock is free", true, you, "two", "you")

	checkUnlock("another cannot unlock it", belongsToOthers, you, "one", "you")
	checkUnlock("its holder unlocks it", success, me, "one", "me")
	checkUnlock("then it does not exist", doesNotExist, me, "one", "me")

	expires(
		func() (bool, error) { return me.tryLock("short", "me", shortSeconds) },
		func() (bool, error) { return you.take("short", "you") },
	)
	checkUnlock("the earlier holder cannot unlock it", belongsToOthers, me, "short", "me")
	errors(me)
}

func errors(l locks) {
	for _, wrong := range []struct {
		name, owner string
		seconds     int32
		code        codes.Code
		text        string
	}{
		{"one", "me", 0, codes.InvalidArgument, "ExpiryInSeconds is not positive in lock store " + namespace},
		{"", "me", 1, codes.InvalidArgument, "ResourceId is empty in lock store " + namespace},
		{"one", "", 1, codes.InvalidArgument, "LockOwner is empty in lock store " + namespace},
		{"a||b", "me", 1, codes.Internal, "can't contain '||'"},
	} {
		_, err := l.tryLock(wrong.name, wrong.owner, wrong.seconds)
		shown := err != nil && status.Code(err) == wrong.code && strings.Contains(err.Error(), wrong.text)
		check("an error is shown as "+wrong.code.String()+" "+wrong.text, shown, err)
	}
	_, err := l.unlock("", "me")
	check("an unlock without a name is refused", status.Code(err) == codes.InvalidArgument, err)
}

func main() {
	if token != "" {
		ensure("the token is set", os.Setenv("DAPR_API_TOKEN", token) == nil, nil)
	}
	switch os.Args[len(os.Args)-1] {
	case "life":
		life()
	case "failover":
		failover(locksOf(nodes[0]), locksOf(nodes[len(nodes)-1]))
	default:
		fail("there is no such trial")
	}
}
