/** The mailbox beside a customer's server: reports are read in it over IMAP (RFC 3501). */
@NullMarked
package io.leverans.mail.smtp.imap;

import org.jspecify.annotations.NullMarked;
