/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.application.service.two;

import org.jspecify.annotations.NullMarked;
