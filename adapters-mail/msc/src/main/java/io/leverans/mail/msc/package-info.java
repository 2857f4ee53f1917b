/** The platform's own servers: straight to the recipient's server, with bounces coming home. */
@NullMarked
package io.leverans.mail.msc;

import org.jspecify.annotations.NullMarked;
