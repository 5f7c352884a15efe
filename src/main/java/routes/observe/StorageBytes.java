package routes.observe;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Counts the bytes transferred from and to S3, each attempt of a request separately. */
public final class StorageBytes implements ExecutionInterceptor {
    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        if (request.method() == SdkHttpMethod.PUT) {
            Meters.stored(length(request.firstMatchingHeader("x-amz-decoded-content-length")
                    .or(() -> request.firstMatchingHeader("Content-Length"))
                    .orElse("0")));
        } else if (request.method() == SdkHttpMethod.GET
                && context.httpResponse().isSuccessful()) {
            Meters.fetched(length(
                    context.httpResponse().firstMatchingHeader("Content-Length").orElse("0")));
        }
    }

    private static long length(String header) {
        return Long.parseLong(header);
    }
}
