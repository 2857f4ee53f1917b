/** Plain HTTP for the providers that the simulated world plays. */
@NullMarked
package io.leverans.mail.simulator.web;

import org.jspecify.annotations.NullMarked;
