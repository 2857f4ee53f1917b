/** Stands in for the stores in tests, and refuses what the database would refuse. */
@NullMarked
package io.leverans.application.port.out.memory;

import org.jspecify.annotations.NullMarked;
