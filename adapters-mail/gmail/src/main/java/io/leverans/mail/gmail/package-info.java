/** People's Google accounts: mail goes out through the Gmail API, and Gmail keeps a copy. */
@NullMarked
package io.leverans.mail.gmail;

import org.jspecify.annotations.NullMarked;
