/**
 * The outside world of the sandbox: every recipient, mail server, name server and report writer.
 */
@NullMarked
package io.leverans.mail.simulator;

import org.jspecify.annotations.NullMarked;
