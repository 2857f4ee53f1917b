/** The way of one message to its recipients: states, attempts, outcomes, causes. */
@NullMarked
package io.leverans.domain.delivery;

import org.jspecify.annotations.NullMarked;
