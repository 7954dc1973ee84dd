/**
 * AWS for tests, in this JVM: S3Mock, ElasticMQ and DynamoDB Local, each started when first needed
 * and shared by all test classes, on the loopback interface and a free port. A test class takes its
 * own bucket, table and queue by {@link dev.siltstone.emulators.AwsFamily}.
 *
 * <p>No S3 emulator's compare-and-swap is atomic by itself; {@link dev.siltstone.emulators.CasGate}
 * makes it so. DynamoDB Local answers transactions without ever reporting a conflict: {@link
 * dev.siltstone.emulators.FaultyHttpClient} does that.
 */
@NullMarked
package dev.siltstone.emulators;

import org.jspecify.annotations.NullMarked;
