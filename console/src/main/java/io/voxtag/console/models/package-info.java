/** Model versions, and putting one into service. */
@NullMarked
package io.voxtag.console.models;

import org.jspecify.annotations.NullMarked;
