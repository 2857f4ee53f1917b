/** The addresses that a team does not write to. */
@NullMarked
package io.leverans.web.suppression;

import org.jspecify.annotations.NullMarked;
