/**
 * Domains that teams prove to be theirs: adding, checking and tending them, their keys, and what is
 * lost while records are gone.
 */
@NullMarked
package io.leverans.application.service.senderdomain;

import org.jspecify.annotations.NullMarked;
