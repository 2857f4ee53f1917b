/** Mail as bytes: composing, marking and signing what goes out. */
@NullMarked
package io.leverans.mail.mime;

import org.jspecify.annotations.NullMarked;
