package io.voxtag.console.access;

import org.jspecify.annotations.Nullable;

/**
 * What of a request says who sent it.
 *
 * @param loopback whether it comes from this machine
 * @param forwarded whether a proxy says that it passed the request on
 * @param host the Host header; null where there is none
 * @param authorization the Authorization header; null where there is none
 * @param cookie value of the console's cookie; null where there is none
 * @param identified whether an OpenID Connect provider knows the user
 */
public record Caller(
    boolean loopback,
    boolean forwarded,
    @Nullable String host,
    @Nullable String authorization,
    @Nullable String cookie,
    boolean identified) {}
