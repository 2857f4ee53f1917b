/** What failed of a whole team: finding it by cause, and trying it again in bulk. */
@NullMarked
package io.leverans.application.service.failure;

import org.jspecify.annotations.NullMarked;
