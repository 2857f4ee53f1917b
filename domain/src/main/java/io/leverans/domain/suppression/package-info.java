/** Addresses that a team does not write to, and what puts them there. */
@NullMarked
package io.leverans.domain.suppression;

import org.jspecify.annotations.NullMarked;
