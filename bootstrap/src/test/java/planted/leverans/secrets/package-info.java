/** Planted violations. */
@NullMarked
package planted.leverans.secrets;

import org.jspecify.annotations.NullMarked;
