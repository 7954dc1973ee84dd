package dev.siltstone.aws;

import dev.siltstone.cost.RequestCost;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts calls as they leave ({@code DynamoDb.UpdateItem}), and the bytes of bodies that come back,
 * for the request they are made for. A call that is sent again counts again: it is paid for again.
 */
public final class RequestCostInterceptor implements ExecutionInterceptor {
  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    RequestCost.call(
        call.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
            + "."
            + call.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes call) {
    context
        .httpResponse()
        .firstMatchingHeader("Content-Length")
        .ifPresent(length -> RequestCost.fetched(Long.parseLong(length)));
  }
}
