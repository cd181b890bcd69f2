/** Who is enrolled, from the topics of enrolments and their answers, and erasing them. */
@NullMarked
package io.voxtag.console.speakers;

import org.jspecify.annotations.NullMarked;
