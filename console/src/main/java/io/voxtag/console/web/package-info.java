/** The page's files, and how requests are taken and answered. */
@NullMarked
package io.voxtag.console.web;

import org.jspecify.annotations.NullMarked;
