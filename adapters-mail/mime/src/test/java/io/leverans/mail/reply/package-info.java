/** What the classifier of replies promises. */
@NullMarked
package io.leverans.mail.reply;

import org.jspecify.annotations.NullMarked;
