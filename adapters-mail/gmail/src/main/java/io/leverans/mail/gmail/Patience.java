package io.leverans.mail.gmail;

import java.time.Duration;

/**
 * How long to wait for Google.
 *
 * @param connect for a connection to stand, encryption included
 * @param answer for an answer, all of it
 * @param upload for a whole request to be taken
 */
record Patience(Duration connect, Duration answer, Duration upload) {}
