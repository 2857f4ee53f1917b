/**
 * Whom people write as: making and proving identities, the channel that each uses, and what
 * recipients see of it.
 */
@NullMarked
package io.leverans.application.service.identity;

import org.jspecify.annotations.NullMarked;
