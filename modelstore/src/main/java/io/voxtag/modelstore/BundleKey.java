package io.voxtag.modelstore;

/**
 * What a bundle is known by.
 *
 * @param version its name
 * @param sha256 of its {@code model.json}, 64 lower-case hexadecimal digits
 */
record BundleKey(String version, String sha256) {}
