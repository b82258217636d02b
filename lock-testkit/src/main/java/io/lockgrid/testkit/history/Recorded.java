package io.lockgrid.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Anything that a history holds; one line of its file, whose member {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Operation.class, name = "operation"),
    @JsonSubTypes.Type(value = Listing.class, name = "listing"),
    @JsonSubTypes.Type(value = Ending.class, name = "ending"),
    @JsonSubTypes.Type(value = RegisterWrite.class, name = "write"),
    @JsonSubTypes.Type(value = Disturbance.class, name = "disturbance")
})
public sealed interface Recorded permits Operation, Listing, Ending, RegisterWrite, Disturbance {}
