/** Mail as bytes: composing and signing what goes out, reading the reports that come back. */
@NullMarked
package io.leverans.mail.mime;

import org.jspecify.annotations.NullMarked;
