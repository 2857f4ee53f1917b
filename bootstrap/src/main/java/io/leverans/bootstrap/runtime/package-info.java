/** The loops of a running node. */
@NullMarked
package io.leverans.bootstrap.runtime;

import org.jspecify.annotations.NullMarked;
