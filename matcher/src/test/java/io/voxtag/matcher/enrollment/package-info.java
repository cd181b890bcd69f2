@NullMarked
package io.voxtag.matcher.enrollment;

import org.jspecify.annotations.NullMarked;
