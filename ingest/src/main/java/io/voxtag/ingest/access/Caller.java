package io.voxtag.ingest.access;

import org.jspecify.annotations.Nullable;

/**
 * What of a request says who sent it.
 *
 * @param authorization the Authorization header; null where there is none
 * @param certificate whether it came with a client's certificate that the server trusts
 * @param twilioSignature the X-Twilio-Signature header; null where there is none
 */
public record Caller(
    @Nullable String authorization, boolean certificate, @Nullable String twilioSignature) {}
