/** Who may send calls, and how fast. Knows nothing of HTTP servers. */
@NullMarked
package io.voxtag.ingest.access;

import org.jspecify.annotations.NullMarked;
