/** What a reply of a mail server means: its cause, by a table of rules. */
@NullMarked
package io.leverans.mail.reply;

import org.jspecify.annotations.NullMarked;
