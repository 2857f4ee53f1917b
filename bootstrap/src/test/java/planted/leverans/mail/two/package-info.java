/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.mail.two;

import org.jspecify.annotations.NullMarked;
