/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.mail.one;

import org.jspecify.annotations.NullMarked;
