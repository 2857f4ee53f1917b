/** Violations planted for the architecture tests. */
@NullMarked
package planted.leverans.application.service;

import org.jspecify.annotations.NullMarked;
