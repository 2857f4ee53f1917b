/** What the reader of reports promises. */
@NullMarked
package io.leverans.mail.report;

import org.jspecify.annotations.NullMarked;
