/** The addresses people write from, and the proof that they may. */
@NullMarked
package io.leverans.domain.identity;

import org.jspecify.annotations.NullMarked;
