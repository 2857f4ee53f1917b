/** Asks name servers. */
@NullMarked
package io.leverans.dns;

import org.jspecify.annotations.NullMarked;
