/** The product with one kind of channel left out: nothing is added, so there is no class. */
@NullMarked
package io.leverans.assembly;

import org.jspecify.annotations.NullMarked;
