/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.application.service.one;

import org.jspecify.annotations.NullMarked;
