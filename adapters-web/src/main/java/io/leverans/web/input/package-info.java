/** Requests as they are read: every finding is kept with its place, and all are told at once. */
@NullMarked
package io.leverans.web.input;

import org.jspecify.annotations.NullMarked;
