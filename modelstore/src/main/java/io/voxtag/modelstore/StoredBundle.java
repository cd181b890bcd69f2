package io.voxtag.modelstore;

import java.net.URI;

/**
 * A bundle in a store.
 *
 * @param version its name
 * @param uri where it lies
 * @param sha256 of its {@code model.json}, which lists the digests of all other files; 64
 *     hexadecimal digits
 */
public record StoredBundle(String version, URI uri, String sha256) {}
