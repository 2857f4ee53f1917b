/** What is told when a request cannot be answered (RFC 9457). */
@NullMarked
package io.leverans.web.problem;

import org.jspecify.annotations.NullMarked;
