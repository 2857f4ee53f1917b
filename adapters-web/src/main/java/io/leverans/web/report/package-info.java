/** The mail that came back. */
@NullMarked
package io.leverans.web.report;

import org.jspecify.annotations.NullMarked;
