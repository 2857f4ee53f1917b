/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.web;

import org.jspecify.annotations.NullMarked;
