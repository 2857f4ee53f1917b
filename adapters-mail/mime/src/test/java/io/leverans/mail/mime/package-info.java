/** What the MIME module promises. */
@NullMarked
package io.leverans.mail.mime;

import org.jspecify.annotations.NullMarked;
