/**
 * How Leverans itself writes to people, and where they read it; the words are with what they are
 * about.
 */
@NullMarked
package io.leverans.application.service.systemmail;

import org.jspecify.annotations.NullMarked;
