package io.lockgrid.bench.workload;

import io.lockgrid.bench.driver.Workload;
import io.lockgrid.bench.wire.Api;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The workloads by name. */
public enum Kind {
    OWN,
    HOT;

    /** The APIs that can do it. */
    public Set<Api> apis() {
        return switch (this) {
            case OWN -> EnumSet.allOf(Api.class);
            case HOT -> EnumSet.of(Api.SFP);
        };
    }

    /** Makes it. */
    public Workload of(Target target) {
        return switch (this) {
            case OWN -> new Own(target);
            case HOT -> new Hot(target);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
