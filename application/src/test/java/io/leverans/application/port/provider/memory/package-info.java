/** Stands in for a kind of channel in tests. */
@NullMarked
package io.leverans.application.port.provider.memory;

import org.jspecify.annotations.NullMarked;
