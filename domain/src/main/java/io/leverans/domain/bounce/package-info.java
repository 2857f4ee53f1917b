/** What is heard later: bounces, delays, confirmations, complaints. */
@NullMarked
package io.leverans.domain.bounce;

import org.jspecify.annotations.NullMarked;
