/** What composing and signing promise. */
@NullMarked
package io.leverans.mail.mime;

import org.jspecify.annotations.NullMarked;
