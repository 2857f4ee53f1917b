/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.application.port.out;

import org.jspecify.annotations.NullMarked;
