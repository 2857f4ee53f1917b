/**
 * Whom a team does not write to: its list, what is put on it and taken off, and the links by which
 * recipients unsubscribe.
 */
@NullMarked
package io.leverans.application.service.suppression;

import org.jspecify.annotations.NullMarked;
