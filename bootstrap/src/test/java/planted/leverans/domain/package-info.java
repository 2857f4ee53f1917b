/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.domain;

import org.jspecify.annotations.NullMarked;
