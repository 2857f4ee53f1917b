/**
 * What becomes of mail in the queue: whose turn it is, what may pass a lane, what follows an
 * attempt, and when it is given up.
 */
@NullMarked
package io.leverans.application.service.sending;

import org.jspecify.annotations.NullMarked;
