/**
 * What can be known before mail is sent: what stands against it, and how its channel and its
 * recipients are.
 */
@NullMarked
package io.leverans.application.service.preflight;

import org.jspecify.annotations.NullMarked;
