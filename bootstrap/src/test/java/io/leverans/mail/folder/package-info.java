/** A kind of channel beyond those that come along: it writes mail into a folder. */
@NullMarked
package io.leverans.mail.folder;

import org.jspecify.annotations.NullMarked;
