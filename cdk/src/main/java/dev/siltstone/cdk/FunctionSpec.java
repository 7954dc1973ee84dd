package dev.siltstone.cdk;

import software.amazon.awscdk.Duration;

/**
 * How one function differs from the others.
 *
 * @param module whose packaged folder is its code
 * @param handler the handler's class name
 * @param javaOptions what its JVM is told
 * @param diskGib its {@code /tmp}; 0 for Lambda's 512 MB
 * @param snapStart whether instances start from a snapshot; excludes a larger disk
 * @param provisioned instances that are always warm
 */
record FunctionSpec(
    String description,
    String module,
    String handler,
    String javaOptions,
    int memoryMb,
    Duration timeout,
    int diskGib,
    boolean snapStart,
    int provisioned) {}
