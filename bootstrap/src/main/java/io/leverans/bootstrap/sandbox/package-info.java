/** What only the sandbox has: the simulated world, its team and its key. */
@NullMarked
package io.leverans.bootstrap.sandbox;

import org.jspecify.annotations.NullMarked;
