/**
 * HTTP as Lambda functions get it: events of an API Gateway HTTP API (or a function URL), payload
 * format 2.0, and the answers to them. Both handlers that answer HTTP use {@link
 * dev.siltstone.api.gateway.GatewayEvent} and {@link dev.siltstone.api.gateway.GatewayAnswer}.
 */
@NullMarked
package dev.siltstone.api.gateway;

import org.jspecify.annotations.NullMarked;
