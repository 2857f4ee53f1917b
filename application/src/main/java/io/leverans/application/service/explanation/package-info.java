/** What a message waits for, since when, and what happens next. */
@NullMarked
package io.leverans.application.service.explanation;

import org.jspecify.annotations.NullMarked;
