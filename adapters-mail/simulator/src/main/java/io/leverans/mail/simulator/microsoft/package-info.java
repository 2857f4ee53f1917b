/** Microsoft's sign-in page, as far as sending mail by SMTP needs it. */
@NullMarked
package io.leverans.mail.simulator.microsoft;

import org.jspecify.annotations.NullMarked;
