/** How browsers get the page: files, the stream of changes, orders, and who may. */
@NullMarked
package io.voxtag.console.web;

import org.jspecify.annotations.NullMarked;
