/**
 * Where model bundles lie: a folder or S3-compatible storage. Bundles never change once they are
 * stored; whoever fetches one gets it whole, with the digests that were announced and, where it is
 * demanded, the signature of the right key, or not at all. Knows of bundles only that {@code
 * model.json} lists the digests of all other files.
 */
@NullMarked
package io.voxtag.modelstore;

import org.jspecify.annotations.NullMarked;
