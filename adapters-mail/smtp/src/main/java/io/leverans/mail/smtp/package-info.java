/** A kind of channel: a customer's own mail server. */
@NullMarked
package io.leverans.mail.smtp;

import org.jspecify.annotations.NullMarked;
