package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.Api;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The workloads by name. */
public enum Kind {
    OWN,
    HOT,
    FANIN,
    RENEW,
    EXPIRY,
    READ,
    LIST;

    /** The APIs that can do it. */
    public Set<Api> apis() {
        return switch (this) {
            case OWN -> EnumSet.allOf(Api.class);
            case HOT -> EnumSet.of(Api.SFP, Api.ETCD);
            case FANIN, EXPIRY, READ -> EnumSet.of(Api.SFP);
            case RENEW, LIST -> EnumSet.of(Api.OPENSEARCH);
        };
    }

    /** How many locks or tickets it has at once, if it is not told; 0 for as many as there are clients. */
    public int locks() {
        return switch (this) {
            case OWN, HOT, READ -> 0;
            case FANIN, RENEW -> 10_000;
            case EXPIRY, LIST -> 100_000;
        };
    }

    /** Cycles a second of an open loop, if it is not told; 0 for a closed loop. */
    public double rate(int locks) {
        return this == RENEW ? locks / RENEW_SECONDS : 0;
    }

    /** Whether it begins with what is to be measured, so that nothing can go before. */
    public boolean isOneEvent() {
        return this == FANIN || this == EXPIRY;
    }

    /** The fewest clients: where one of them looks on, others must be there. */
    public int clientsMin() {
        return this == EXPIRY || this == LIST ? 2 : 1;
    }

    /** Makes it. */
    public Workload of(Target target) {
        return switch (this) {
            case OWN -> new Own(target);
            case HOT -> target.api() == Api.ETCD ? new HotWaiting(target) : new Hot(target);
            case FANIN -> new FanIn(target);
            case RENEW -> new Renew(target);
            case EXPIRY -> new Expiry(target);
            case READ -> new Read(target);
            case LIST -> new Listing(target);
        };
    }

    /** How often a lock is renewed. */
    private static final double RENEW_SECONDS = 5;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
