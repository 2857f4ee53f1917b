/** Google as the simulated world plays it: sign-in and Gmail. */
@NullMarked
package io.leverans.mail.simulator.google;

import org.jspecify.annotations.NullMarked;
