/** Where adapters meet the core: plain code that calls constructors. */
@NullMarked
package io.leverans.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
