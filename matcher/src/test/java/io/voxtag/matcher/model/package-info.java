@NullMarked
package io.voxtag.matcher.model;

import org.jspecify.annotations.NullMarked;
