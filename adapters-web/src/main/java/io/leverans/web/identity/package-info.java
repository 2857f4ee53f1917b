/** The addresses people write from, and the page that proves them. */
@NullMarked
package io.leverans.web.identity;

import org.jspecify.annotations.NullMarked;
