/** JMH benchmarks of single parts on the path of a call. JMH subclasses these, so they are open. */
@NullMarked
package io.voxtag.bench.micro;

import org.jspecify.annotations.NullMarked;
