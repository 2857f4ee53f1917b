/** Reads what came back: bounces, complaints, automatic answers and challenges. */
@NullMarked
package io.leverans.mail.report;

import org.jspecify.annotations.NullMarked;
