/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.persistence;

import org.jspecify.annotations.NullMarked;
